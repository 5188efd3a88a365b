"""A ticket's states as resources: its resolution, its waiting for the customer, its grade."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import IfMatch, PathId
from fengong.api.schemas.relations import PendingIn, ResolutionIn, SnoozeIn
from fengong.api.schemas.tickets import GradeIn, Ticket
from fengong.api.versions import seen, tag
from fengong.desk.actions import tickets
from fengong.desk.actions.snoozes import snooze_ticket, wake_ticket
from fengong.kernel.clock import now

router = Router(tags=["tickets"])


@router.post("/{int:ticket_id}/resolution", operation_id="resolve_ticket", response=Ticket)
def resolve(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    given: ResolutionIn | None = None,
    if_match: IfMatch = None,
) -> Any:
    """Close the matter; its owner's capacity is free again. Doing it again changes nothing."""
    ticket, how = found.the_ticket(request.auth, ticket_id), given or ResolutionIn()
    tickets.resolve_ticket(
        actor=request.auth,
        ticket=ticket,
        reason=how.reason,
        force=how.force,
        seen=seen(if_match),
        at=now(),
    )
    return as_it_is(request, response, ticket_id)


@router.delete("/{int:ticket_id}/resolution", operation_id="reopen_ticket", response=Ticket)
def reopen(
    request: MemberRequest, response: HttpResponse, ticket_id: PathId, if_match: IfMatch = None
) -> Any:
    """Take a resolved matter up again: by its owner where there is room, else through the queue."""
    ticket = found.the_ticket(request.auth, ticket_id)
    tickets.reopen_ticket(actor=request.auth, ticket=ticket, seen=seen(if_match), at=now())
    return as_it_is(request, response, ticket_id)


@router.post("/{int:ticket_id}/pending", operation_id="pend_ticket", response=Ticket)
def pend(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    given: PendingIn | None = None,
    if_match: IfMatch = None,
) -> Any:
    """Wait for the customer, or for somebody else. What the customer writes next ends it."""
    ticket, why = found.the_ticket(request.auth, ticket_id), given or PendingIn()
    tickets.pend_ticket(actor=request.auth, ticket=ticket, reason=why.reason, seen=seen(if_match), at=now())
    return as_it_is(request, response, ticket_id)


@router.delete("/{int:ticket_id}/pending", operation_id="resume_ticket", response=Ticket)
def resume(
    request: MemberRequest, response: HttpResponse, ticket_id: PathId, if_match: IfMatch = None
) -> Any:
    """Take up again what waits or was put aside, before its time."""
    ticket = found.the_ticket(request.auth, ticket_id)
    wake_ticket(actor=request.auth, ticket=ticket, seen=seen(if_match), at=now())
    return as_it_is(request, response, ticket_id)


@router.put("/{int:ticket_id}/snooze", operation_id="snooze_ticket", response=Ticket)
def snooze(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    given: SnoozeIn,
    if_match: IfMatch = None,
) -> Any:
    """Put a ticket aside until a time, within a year; what its customer writes wakes it."""
    ticket = found.the_ticket(request.auth, ticket_id)
    snooze_ticket(actor=request.auth, ticket=ticket, until=given.until, seen=seen(if_match), at=now())
    return as_it_is(request, response, ticket_id)


@router.put("/{int:ticket_id}/grade", operation_id="grade_ticket", response=Ticket)
def grade(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    given: GradeIn,
    if_match: IfMatch = None,
) -> Any:
    """State what a waiting ticket is about and how hard it is; its effort, tier and promises follow."""
    tickets.grade_ticket(
        actor=request.auth,
        ticket=found.the_ticket(request.auth, ticket_id),
        topic=found.the_topic(given.topic_id, field="topic_id"),
        difficulty=given.difficulty,
        priority=given.priority,
        seen=seen(if_match),
        at=now(),
    )
    return as_it_is(request, response, ticket_id)


def as_it_is(request: MemberRequest, response: HttpResponse, ticket_id: int) -> Status[Ticket]:
    """The ticket as it stands after what was done, with its new version."""
    ticket = found.the_ticket(request.auth, ticket_id)
    tag(response, ticket)
    return Status(200, Ticket.model_validate(ticket))
