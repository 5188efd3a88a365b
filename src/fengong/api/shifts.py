"""Shifts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import Id, Moment, Taken
from fengong.api.lists import Listed, Order, Turn
from fengong.api.schemas.people import Shift, ShiftIn
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid
from fengong.people.policies import require
from fengong.rota import queries as rota
from fengong.rota.actions.shifts import plan_shift
from fengong.rota.policies import require_reading_shifts_of

router = Router(tags=["rota"])
IN_ORDER = Order(("starts_at", "id"), (datetime, int))
USUAL_SPAN = timedelta(days=7)


class Span(Taken):
    """Which shifts: those that touch the span."""

    start: Moment | None = Field(default=None, description="Now, where it is not given.")
    end: Moment | None = Field(default=None, description="A week after the start, where it is not given.")
    member: Id | None = Field(default=None, description="Only this member's.")


@router.get("", operation_id="list_shifts", response=Listed[Shift])
def list_shifts(request: MemberRequest, span: Query[Span], turn: Query[Turn]) -> Any:
    """Shifts in a span of time, in order. Everybody may read their own."""
    own = span.member == request.auth.pk
    require_reading_shifts_of(request.auth, request.auth if own else None)
    start = span.start or now()
    end = span.end or start + USUAL_SPAN
    if end <= start:
        raise Invalid(_("The span must end after it starts."), field="end")
    if span.member is None:
        return IN_ORDER.shown(Shift, rota.shifts_between(start, end), turn)
    member = request.auth if own else found.the_member(span.member, field="member")
    return IN_ORDER.shown(Shift, rota.shifts_of(member, start, end), turn)


@router.post("", operation_id="plan_shift", response={201: Shift})
def post_shift(request: MemberRequest, planned: ShiftIn) -> Any:
    """Put a member on shift; shifts of one member may not overlap."""
    require(request.auth, "shift.plan")
    shift = plan_shift(
        actor=request.auth,
        member=found.the_member(planned.member_id, field="member_id"),
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        at=now(),
    )
    return Status(201, Shift.model_validate(shift))
