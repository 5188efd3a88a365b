"""Many tickets in one request. Each is written down by itself: what is wrong with one does not touch the others."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from ninja import Router

from fengong.api.authentication import MemberRequest
from fengong.api.intake import open_from
from fengong.api.problems import Problem
from fengong.api.schemas.tickets import BatchResult, BatchResults, Ticket, TicketBatchIn, TicketIn
from fengong.kernel.actor import Actor
from fengong.kernel.clock import now
from fengong.kernel.errors import Refused
from fengong.people.policies import require

router = Router(tags=["tickets"])


@router.post("", operation_id="open_tickets", response=BatchResults)
def open_tickets(request: MemberRequest, batch: TicketBatchIn) -> Any:
    """Write down up to a hundred matters. Give each an `external_id`, so that sending again does nothing twice."""
    require(request.auth, "ticket.open")
    return BatchResults(items=[_opened(draft, request.auth, now()) for draft in batch.tickets])


def _opened(draft: TicketIn, actor: Actor, at: datetime) -> BatchResult:
    try:
        ticket, is_new = open_from(draft, actor=actor, at=at)
    except Refused as refusal:
        return BatchResult(status=refusal.status, problem=_problem(refusal))
    return BatchResult(status=201 if is_new else 200, ticket=Ticket.model_validate(ticket))


def _problem(refusal: Refused) -> Problem:
    return Problem(
        title=HTTPStatus(refusal.status).phrase,
        status=refusal.status,
        code=refusal.code,
        detail=refusal.message,
        field=refusal.field or None,
    )
