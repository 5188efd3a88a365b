"""Answers that are sent later: planned in the composer, changed or taken back until their time."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.desk.actions.drafts import drop_draft
from fengong.desk.actions.scheduled import cancel_scheduled, change_scheduled, schedule_reply
from fengong.desk.reading import scheduled as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.attempt import attempt
from fengong.web.tickets.forms import ChangeForm, LaterForm, LaterReplyForm
from fengong.web.tickets.listing import Listing
from fengong.web.tickets.opened import Opened
from fengong.web.tickets.signing import signed


@require_POST
@for_members
def later(request: MemberRequest, pk: int) -> HttpResponse:
    """Send what is in the composer at a later time."""
    opened, form, actor = Opened(pk, request.member), LaterReplyForm(request.POST), request.member

    def do() -> None:
        schedule_reply(
            actor=actor,
            ticket=opened.ticket,
            member=actor,
            body=signed(form, opened.talk),
            then=form.cleaned_data["then"],
            attachments=form.cleaned_data["attachments"],
            due_at=form.cleaned_data["due_at"],
            at=now(),
        )
        drop_draft(actor=actor, ticket=opened.ticket, member=actor, kind="reply", at=now())

    return attempt(request, pk, form, do, done=_("It will be sent at its time."))


@require_http_methods(["GET", "POST", "DELETE"])
@for_members
def planned(request: MemberRequest, pk: int, scheduled: int) -> HttpResponse:
    """One answer to be sent later: a form to change it; POST changes it, DELETE takes it back into the drafts."""
    found, actor, form = _found(pk, scheduled), request.member, LaterForm(request.POST)
    if request.method == "GET":
        listing = Listing(request.GET, actor, ticket=pk)
        return render(request, "tickets/planned_change.html", {"planned": found, "list": listing})
    if request.method == "DELETE":
        return attempt(
            request,
            pk,
            ChangeForm({}),
            lambda: cancel_scheduled(actor=actor, scheduled=found, at=now()),
            done=_("It is not sent; its words are in the composer again."),
        )
    return attempt(request, pk, form, lambda: _change(actor, found, form), done=_("Changed."))


def _change(actor: Any, found: Any, form: LaterForm) -> None:
    change_scheduled(
        actor=actor,
        scheduled=found,
        body=form.cleaned_data["body"],
        due_at=form.cleaned_data["due_at"],
        at=now(),
    )


def _found(pk: int, scheduled: int) -> Any:
    found = reading.scheduled(scheduled)
    if found is None or found.ticket_id != pk:
        raise Missing(_("This answer does not exist."))
    return found
