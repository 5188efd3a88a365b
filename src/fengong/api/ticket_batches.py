"""Many tickets in one request. Each is judged by itself: what is wrong with one does not touch the others."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router
from pydantic_core import to_json

from fengong.api.authentication import MemberRequest
from fengong.api.intake import open_many
from fengong.api.problems import Problem
from fengong.api.schemas.tickets import BatchResult, BatchResults, Ticket, TicketBatchIn
from fengong.desk.actions.intake import Outcome
from fengong.desk.reading import tags as tagged
from fengong.kernel.clock import now
from fengong.kernel.errors import Refused

router = Router(tags=["tickets"])


@router.post("", operation_id="open_tickets", response=BatchResults)
def open_tickets(request: MemberRequest, batch: TicketBatchIn) -> Any:
    """Write down up to a hundred matters. Give each an `external_id`, so that sending again does nothing twice."""
    outcomes = open_many(batch.tickets, actor=request.auth, at=now())
    tagged.with_tags([outcome.ticket for outcome in outcomes if outcome.ticket and not outcome.is_new])
    tagged.without_tags([outcome.ticket for outcome in outcomes if outcome.ticket and outcome.is_new])
    answer = BatchResults(items=[_result(outcome) for outcome in outcomes])
    # Each ticket is checked against its schema just above; the framework would do that once more.
    return HttpResponse(to_json(answer), content_type="application/json; charset=utf-8")


def _result(outcome: Outcome) -> BatchResult:
    if outcome.refusal:
        return BatchResult(status=outcome.refusal.status, problem=_problem(outcome.refusal))
    return BatchResult(status=201 if outcome.is_new else 200, ticket=Ticket.model_validate(outcome.ticket))


def _problem(refusal: Refused) -> Problem:
    return Problem(
        title=HTTPStatus(refusal.status).phrase,
        status=refusal.status,
        code=refusal.code,
        detail=refusal.message,
        field=refusal.field or None,
    )
