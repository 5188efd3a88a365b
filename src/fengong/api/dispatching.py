"""Who gets a ticket, why, and how it moves up."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import IfMatch, PathId
from fengong.api.schemas import dispatch as shown
from fengong.api.schemas.tickets import (
    AssignmentIn,
    DeescalationIn,
    Escalation,
    EscalationIn,
    Escalations,
    Move,
    Moves,
    Ticket,
)
from fengong.api.states import as_it_is
from fengong.api.versions import seen, tag
from fengong.dispatch import queries as dispatch
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import deescalate_ticket, escalate_ticket
from fengong.dispatch.reading import moves
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing

router = Router(tags=["dispatch"])


@router.put("/{int:ticket_id}/assignment", operation_id="assign_ticket", response=Ticket)
def assign(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    given: AssignmentIn,
    if_match: IfMatch = None,
) -> Any:
    """Give a ticket to a member by hand, or take it. Capacity holds here too."""
    assign_ticket(
        actor=request.auth,
        ticket=found.the_ticket(request.auth, ticket_id),
        member=found.the_member(given.member_id, field="member_id"),
        seen=seen(if_match),
        at=now(),
    )
    return as_it_is(request, response, ticket_id)


@router.post("/{int:ticket_id}/escalation", operation_id="escalate_ticket", response={201: Escalation})
def escalate(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    note: EscalationIn,
    if_match: IfMatch = None,
) -> Any:
    """Move a ticket one tier up, with what was tried, what was found, and what is wanted."""
    escalation = escalate_ticket(
        actor=request.auth,
        ticket=found.the_ticket(request.auth, ticket_id),
        tried=note.tried,
        found=note.found,
        wanted=note.wanted,
        seen=seen(if_match),
        at=now(),
    )
    tag(response, escalation.ticket)
    return Status(201, Escalation.model_validate(escalation))


@router.post("/{int:ticket_id}/deescalation", operation_id="deescalate_ticket", response={201: Escalation})
def deescalate(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    note: DeescalationIn,
    if_match: IfMatch = None,
) -> Any:
    """Give a ticket back one tier down, with what was found and what is left to do."""
    step = deescalate_ticket(
        actor=request.auth,
        ticket=found.the_ticket(request.auth, ticket_id),
        found=note.found,
        wanted=note.wanted,
        seen=seen(if_match),
        at=now(),
    )
    tag(response, step.ticket)
    return Status(201, Escalation.model_validate(step))


@router.get("/{int:ticket_id}/moves", operation_id="list_moves", response=Moves)
def list_moves(request: MemberRequest, ticket_id: PathId) -> Any:
    """Why it left its owners without their asking, the newest first."""
    rows = moves.moves_of(found.the_ticket(request.auth, ticket_id))
    return Moves(items=[Move.model_validate(row) for row in rows])


@router.get("/{int:ticket_id}/escalations", operation_id="list_escalations", response=Escalations)
def list_escalations(request: MemberRequest, ticket_id: PathId) -> Any:
    """A ticket's way up, the oldest step first."""
    steps = dispatch.escalations_of(found.the_ticket(request.auth, ticket_id))
    return Escalations(items=[Escalation.model_validate(step) for step in steps])


@router.get("/{int:ticket_id}/decision", operation_id="get_decision", response=shown.Decision)
def get_decision(request: MemberRequest, ticket_id: PathId) -> Any:
    """Why its present or last owner got it: the terms, the best others, and everybody who was ruled out."""
    why = dispatch.why(found.the_ticket(request.auth, ticket_id))
    if why is None:
        raise Missing(_("Nobody has been chosen for this ticket yet."))
    return shown.decision(why)


@router.get("/{int:ticket_id}/wait", operation_id="get_wait", response=shown.Wait)
def get_wait(request: MemberRequest, ticket_id: PathId) -> Any:
    """Why it still waits, as of the last round that looked at it."""
    wait = dispatch.wait_of(found.the_ticket(request.auth, ticket_id))
    if wait is None:
        raise Missing(_("This ticket does not wait, or no round has looked at it yet."))
    return shown.Wait.model_validate(wait)
