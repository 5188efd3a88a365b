"""Shifts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import Id, Moment, PathId, Taken
from fengong.api.lists import Listed, Order, Turn, all_of
from fengong.api.schemas.people import Shift, ShiftIn
from fengong.api.schemas.rosters import BreakIn, BreakMoved, BreaksIn, ShiftBreak, TimesIn
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid
from fengong.people.policies import require
from fengong.rota import queries as rota
from fengong.rota.actions.breaks import move_break, set_breaks
from fengong.rota.actions.shifts import cancel_shift, move_shift, plan_shift
from fengong.rota.policies import require_reading_shifts_of
from fengong.rota.reading.weeks import Pause

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


@router.put("/{int:shift_id}/times", operation_id="move_shift", response=Shift)
def put_times(request: MemberRequest, shift_id: PathId, wanted: TimesIn) -> Any:
    """Give a shift another time; neither its pattern nor a file moves it back."""
    require(request.auth, "shift.plan")
    shift = found.there(rota.shift(shift_id))
    planned = move_shift(
        actor=request.auth, shift=shift, starts_at=wanted.starts_at, ends_at=wanted.ends_at, at=now()
    )
    return Shift.model_validate(found.there(rota.shift_of_plan(planned)))


@router.delete("/{int:shift_id}", operation_id="cancel_shift", response={204: None})
def delete_shift(request: MemberRequest, shift_id: PathId) -> Any:
    """Take a shift off the roster; neither its pattern nor a file brings it back."""
    require(request.auth, "shift.plan")
    cancel_shift(actor=request.auth, shift=found.there(rota.shift(shift_id)), at=now())
    return Status(204, None)


@router.get("/{int:shift_id}/breaks", operation_id="list_breaks", response=Listed[ShiftBreak])
def list_breaks(request: MemberRequest, shift_id: PathId) -> Any:
    """The breaks of a shift, in order."""
    shift = rota.shift(shift_id)
    require_reading_shifts_of(request.auth, shift.member if shift else None)
    return all_of(ShiftBreak, rota.breaks_of(found.there(shift)))


@router.put("/{int:shift_id}/breaks", operation_id="set_breaks", response=Listed[ShiftBreak])
def put_breaks(request: MemberRequest, shift_id: PathId, wanted: BreaksIn) -> Any:
    """Say which breaks a shift has, all of them at once."""
    require(request.auth, "shift.plan")
    shift = found.there(rota.shift(shift_id))
    set_breaks(actor=request.auth, shift=shift, breaks=[_pause(one) for one in wanted.breaks], at=now())
    return all_of(ShiftBreak, rota.breaks_of(found.there(rota.shift(shift_id))))


@router.put("/breaks/{int:break_id}", operation_id="move_break", response=ShiftBreak)
def put_break(request: MemberRequest, break_id: PathId, wanted: BreakMoved) -> Any:
    """Take a break at another time within its window. Members move their own."""
    pause = found.there(rota.shift_break(break_id))
    moved = move_break(actor=request.auth, pause=pause, starts_at=wanted.starts_at, at=now())
    return ShiftBreak.model_validate(moved)


def _pause(given: BreakIn) -> Pause:
    if (given.window_starts_at is None) != (given.window_ends_at is None):
        raise Invalid(_("Give both ends of a window, or neither."), field="breaks")
    window = (
        (given.window_starts_at, given.window_ends_at)
        if given.window_starts_at and given.window_ends_at
        else None
    )
    return Pause(given.starts_at, given.ends_at, window)
