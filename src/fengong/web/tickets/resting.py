"""What state a ticket is in: resolved with a reason, waiting, or put aside until a time; DELETE takes each back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengong.desk.actions.snoozes import snooze_ticket, wake_ticket
from fengong.desk.actions.tickets import pend_ticket, reopen_ticket, resolve_ticket
from fengong.kernel.clock import now
from fengong.web import words
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.attempt import attempt
from fengong.web.tickets.forms import ChangeForm
from fengong.web.tickets.opened import Opened
from fengong.web.tickets.wanted import ReasonForm, SnoozeForm


@require_http_methods(["POST", "DELETE"])
@for_members
def resolution(request: MemberRequest, pk: int) -> HttpResponse:
    """Resolve, with how it ended where that was said; DELETE takes it up again."""
    ticket, actor, form = Opened(pk, request.member).ticket, request.member, ReasonForm(request.POST)
    if request.method == "DELETE":
        return _taken_up(
            request, pk, lambda: reopen_ticket(actor=actor, ticket=ticket, at=now()), _("Open again.")
        )

    def do() -> None:
        resolve_ticket(actor=actor, ticket=ticket, at=now(), force=form.cleaned_data["force"], **_why(form))

    return attempt(request, pk, form, do, done=_("Resolved."), undo=_undo(pk, "resolution"))


@require_http_methods(["POST", "DELETE"])
@for_members
def pause(request: MemberRequest, pk: int) -> HttpResponse:
    """Wait for the customer or somebody else; three quarters of the capacity are free meanwhile."""
    ticket, actor, form = Opened(pk, request.member).ticket, request.member, ReasonForm(request.POST)
    if request.method == "DELETE":
        return _taken_up(
            request, pk, lambda: wake_ticket(actor=actor, ticket=ticket, at=now()), _("Work goes on.")
        )

    def do() -> None:
        pend_ticket(actor=actor, ticket=ticket, at=now(), **_why(form))

    return attempt(request, pk, form, do, done=_("It waits."), undo=_undo(pk, "pause"))


@require_http_methods(["POST", "DELETE"])
@for_members
def snooze(request: MemberRequest, pk: int) -> HttpResponse:
    """Put it aside until a time; DELETE wakes it."""
    ticket, actor, form = Opened(pk, request.member).ticket, request.member, SnoozeForm(request.POST)
    if request.method == "DELETE":
        return _taken_up(
            request, pk, lambda: wake_ticket(actor=actor, ticket=ticket, at=now()), _("Work goes on.")
        )

    def do() -> None:
        snooze_ticket(actor=actor, ticket=ticket, until=form.cleaned_data["until"], at=now())

    until = words.moment(form.cleaned_data["until"]) if form.is_valid() else ""
    done = _("Snoozed until %(time)s.") % {"time": until}
    return attempt(request, pk, form, do, done=done, undo=_undo(pk, "snooze"))


def _taken_up(request: MemberRequest, pk: int, do: Any, done: str) -> HttpResponse:
    return attempt(request, pk, ChangeForm({}), do, done=done)


def _undo(pk: int, noun: str) -> dict[str, str]:
    return {"method": "hx-delete", "url": f"/tickets/{pk}/{noun}", "target": "#open", "swap": "innerMorph"}


def _why(form: ReasonForm) -> dict[str, Any]:
    """The reason, where one was named; else the verb's own."""
    reason = form.cleaned_data["reason"]
    return {"reason": reason} if reason else {}
