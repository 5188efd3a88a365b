"""What a window asks and tells."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengong.desk.actions.ratings import rate_ticket
from fengong.desk.reading.viewers import is_answering
from fengong.integrations.widget import queries as widgets
from fengong.integrations.widget.actions.chats import say
from fengong.integrations.widget.actions.visitors import (
    greet_visitor,
    identify_visitor,
    note_presence,
    take_address,
)
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid, Missing
from fengong.web.files import served
from fengong.web.portal.rating import RatingForm
from fengong.web.portal.written import attach_files
from fengong.web.widget.forms import AddressForm, IdentityForm, SignForm, WordsForm
from fengong.web.widget.talk import file_of, shown
from fengong.web.widget.visitor import WIDGET, WidgetRequest, for_visitors, for_windows, limit


@require_POST
@for_windows
def visitors(request: WidgetRequest) -> HttpResponse:
    """A new visitor; the secret is told this once."""
    limit(request, "visitors", most=20, seconds=600)
    _visitor, secret = greet_visitor(actor=WIDGET, widget=request.widget, at=now())
    return JsonResponse({"visitor": secret}, status=201)


@require_safe
@for_visitors
def talk(request: WidgetRequest) -> HttpResponse:
    """What the window shows; reading it is a sign of life."""
    note_presence(actor=WIDGET, visitor=request.visitor, at=now())
    return JsonResponse(shown(request.visitor))


@require_POST
@for_visitors
def messages(request: WidgetRequest) -> HttpResponse:
    """Say something, with files or without."""
    visitor, given = request.visitor, _valid(WordsForm(request.POST, request.FILES))
    limit(request, "messages", most=20, seconds=60, whose=f"visitor {visitor.pk}")
    limit(request, "messages", most=60, seconds=60)
    files = given["attached"]
    body = given["body"].strip() or ", ".join(file.name for file in files)
    said = say(
        actor=WIDGET, visitor=visitor, body=body, mark=given["mark"], language=get_language() or "", at=now()
    )
    refusals = attach_files(said.contact, said.ticket, said, files)
    return JsonResponse({"id": said.pk, "refusals": refusals}, status=201)


@require_POST
@for_visitors
def identity(request: WidgetRequest) -> HttpResponse:
    """The site says who this is, and proves it."""
    limit(request, "identity", most=30, seconds=600)
    given = _valid(IdentityForm(request.POST))
    identify_visitor(
        actor=WIDGET,
        visitor=request.visitor,
        identity=given["id"],
        proof=given["hash"],
        email=given["email"],
        name=given["name"],
        language=get_language() or "",
        at=now(),
    )
    return HttpResponse(status=204)


@require_POST
@for_visitors
def address(request: WidgetRequest) -> HttpResponse:
    """Where answers can be sent once the visitor has gone."""
    limit(request, "address", most=10, seconds=600)
    given = _valid(AddressForm(request.POST))
    take_address(
        actor=WIDGET,
        visitor=request.visitor,
        email=given["email"],
        name=given["name"],
        language=get_language() or "",
        at=now(),
    )
    return HttpResponse(status=204)


@require_POST
@for_visitors
def presence(request: WidgetRequest) -> HttpResponse:
    """A sign of life, and up to where the visitor has read; told is whether somebody is writing to them."""
    given = _valid(SignForm(request.POST))
    note_presence(
        actor=WIDGET,
        visitor=request.visitor,
        read=given["read"] or 0,
        typing=given["typing"],
        gone=given["gone"],
        at=now(),
    )
    ticket = widgets.ticket_of(request.visitor)
    return JsonResponse({"typing": ticket is not None and is_answering(ticket, at=now())})


@require_POST
@for_visitors
def rating(request: WidgetRequest) -> HttpResponse:
    """The verdict on a solved talk."""
    limit(request, "rating", most=10, seconds=600)
    ticket, given = widgets.ticket_of(request.visitor), _valid(RatingForm(request.POST))
    if ticket is None:
        raise Missing(_("There is nothing to rate now."))
    rate_ticket(actor=ticket.customer, ticket=ticket, via="widget", at=now(), **given)
    return HttpResponse(status=204)


@require_safe
@for_windows
def file(request: WidgetRequest, signed: str) -> HttpResponse:
    """A file of the visitor's talk, by an address that was signed for them."""
    found = file_of(signed)
    visitor = widgets.visitor(found[0]) if found else None
    if found is None or visitor is None or visitor.widget_id != request.widget.pk or visitor.ticket is None:
        raise Missing(_("This file does not exist."))
    return served(visitor.ticket.customer, found[1])


def _valid(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Invalid(str(errors[0]), field=field)
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned
