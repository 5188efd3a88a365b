"""Doing something to a ticket. Each view names the verb; refusals and fragments are `attempt`'s."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.desk.actions.drafts import drop_draft
from fengong.dispatch.actions.escalations import deescalate_ticket, escalate_ticket
from fengong.kernel.clock import now
from fengong.web.giving import choices_for, give, undo_giving
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.attempt import attempt
from fengong.web.tickets.forms import AssignmentForm, EscalationForm, NoteForm, ReplyForm
from fengong.web.tickets.opened import Opened
from fengong.web.tickets.sending import save_note, send_answer


@require_POST
@for_members
def replies(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer the customer; then, if asked for, resolve or wait for them: all or nothing, so no text goes twice."""
    opened, form = Opened(pk, request.member), ReplyForm(request.POST)
    do = partial(send_answer, request.member, opened, form)
    return attempt(request, pk, form, do, done=_("Sent."))


@require_POST
@for_members
def notes(request: MemberRequest, pk: int) -> HttpResponse:
    """Write a note for colleagues."""
    ticket, form = Opened(pk, request.member).ticket, NoteForm(request.POST)
    do = partial(save_note, request.member, ticket, form)
    return attempt(request, pk, form, do, done=_("Note saved."))


@require_POST
@for_members
def escalation(request: MemberRequest, pk: int) -> HttpResponse:
    """Pass it one tier up, or back down, with what the next owner must know."""
    ticket, actor, form = Opened(pk, request.member).ticket, request.member, EscalationForm(request.POST)
    down = request.POST.get("way") == "down"

    def do() -> None:
        verb = deescalate_ticket if down else escalate_ticket
        verb(actor=actor, ticket=ticket, at=now(), **form.parts)
        drop_draft(actor=actor, ticket=ticket, member=actor, kind="escalate", at=now())

    done = (
        _("Given back. It waits for the tier below now.")
        if down
        else _("Escalated. It waits for the next tier now.")
    )
    return attempt(request, pk, form, do, done=done)


@require_http_methods(["GET", "POST"])
@for_members
def assignment(request: MemberRequest, pk: int) -> HttpResponse:
    """Who could take it with what effect; POST gives it to one of them."""
    ticket, actor = Opened(pk, request.member).ticket, request.member
    if request.method == "GET":
        return render(request, "division/assignment.html", choices_for(ticket, request))
    form = AssignmentForm(request.POST)
    undo = undo_giving(actor, ticket)
    return attempt(
        request, pk, form, lambda: give(actor, ticket, form.cleaned_data), done=_("Handed over."), undo=undo
    )
