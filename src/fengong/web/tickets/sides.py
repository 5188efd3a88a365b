"""Talks with outsiders about a ticket."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengong.desk.actions.drafts import drop_draft
from fengong.desk.actions.sides import close_side, reply_side, start_side
from fengong.desk.reading import attachments
from fengong.desk.reading import sides as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.attempt import attempt
from fengong.web.tickets.forms import ChangeForm, SideForm, SideReplyForm
from fengong.web.tickets.listing import Listing
from fengong.web.tickets.opened import Opened
from fengong.web.tickets.speaking import spoken


@require_http_methods(["GET", "POST"])
@for_members
def sides(request: MemberRequest, pk: int) -> HttpResponse:
    """A form to write to somebody outside; POST sends it."""
    opened, actor, form = Opened(pk, request.member), request.member, SideForm(request.POST)
    if request.method == "GET":
        return render(request, "tickets/side_new.html", _surroundings(request, opened))

    def do() -> None:
        start_side(actor=actor, ticket=opened.ticket, member=actor, at=now(), **form.written)
        drop_draft(actor=actor, ticket=opened.ticket, member=actor, kind="side", at=now())

    return attempt(request, pk, form, do, done=_("Sent."))


@require_http_methods(["GET", "POST", "DELETE"])
@for_members
def side(request: MemberRequest, pk: int, side: int) -> HttpResponse:
    """One talk with all its turns; POST writes on, DELETE puts it away."""
    opened, actor, form = Opened(pk, request.member), request.member, SideReplyForm(request.POST)
    found = _found(pk, side)
    if request.method == "GET":
        return render(
            request, "tickets/side.html", {**_surroundings(request, opened), **_turns(found, actor)}
        )
    if request.method == "DELETE":
        return attempt(
            request,
            pk,
            ChangeForm({}),
            lambda: close_side(actor=actor, side=found, member=actor, at=now()),
            done=_("Put away."),
        )

    def do() -> None:
        reply_side(actor=actor, side=found, member=actor, body=form.cleaned_data["body"], at=now())
        drop_draft(actor=actor, ticket=opened.ticket, member=actor, kind=f"side-{side}", at=now())

    return attempt(request, pk, form, do, done=_("Sent."))


def _surroundings(request: MemberRequest, opened: Opened) -> dict[str, Any]:
    listing = Listing(request.GET, request.member, ticket=opened.ticket.pk)
    return {"opened": opened, "ticket": opened.ticket, "list": listing}


def _turns(found: Any, reader: Any) -> dict[str, Any]:
    files = attachments.by_message(found.ticket)
    turns = [
        spoken(turn.message, files=files.get(turn.message_id, ()), reader=reader)
        for turn in reading.turns_of(found)
    ]
    return {"side": found, "turns": turns}


def _found(pk: int, side: int) -> Any:
    found = reading.side(side)
    if found is None or found.ticket_id != pk:
        raise Missing(_("This side conversation does not exist."))
    return found
