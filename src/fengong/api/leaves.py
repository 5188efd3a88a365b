"""Leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, Order, Turn
from fengong.api.schemas.rosters import DecisionIn, Leave, LeaveIn
from fengong.kernel import zones
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid
from fengong.people.policies import require
from fengong.rota import queries as rota
from fengong.rota.actions.leave import approve_leave, decline_leave, request_leave, withdraw_leave
from fengong.rota.policies import require_asking_for, require_reading_leave_of
from fengong.rota.reading.weeks import instant

router = Router(tags=["rota"])
NEWEST = Order(("-starts_at", "-id"), (datetime, int))


@router.get("", operation_id="list_leaves", response=Listed[Leave])
def list_leaves(request: MemberRequest, turn: Query[Turn]) -> Any:
    """Leave you may know of, the latest first: your own, that of members you lead, or everybody's."""
    return NEWEST.shown(Leave, rota.leaves_known_to(request.auth), turn)


@router.post("", operation_id="request_leave", response={201: Leave})
def post_leave(request: MemberRequest, wanted: LeaveIn) -> Any:
    """Ask to be away. Those who plan for a member may write it down for them."""
    other = wanted.member_id not in (None, request.auth.pk)
    if other:
        require(request.auth, "shift.plan")
    member = found.the_member(wanted.member_id or 0, field="member_id") if other else request.auth
    require_asking_for(request.auth, member)
    starts_at, ends_at = _span(wanted)
    leave = request_leave(
        actor=request.auth,
        member=member,
        kind=wanted.kind,
        starts_at=starts_at,
        ends_at=ends_at,
        whole_days=wanted.first_day is not None,
        zone=wanted.zone,
        note=wanted.note,
        at=now(),
    )
    return Status(201, Leave.model_validate(leave))


@router.get("/{int:leave_id}", operation_id="get_leave", response=Leave)
def get_leave(request: MemberRequest, leave_id: PathId) -> Any:
    """One leave."""
    leave = found.there(rota.leave(leave_id))
    require_reading_leave_of(request.auth, leave.member)
    return Leave.model_validate(leave)


@router.put("/{int:leave_id}/decision", operation_id="decide_leave", response=Leave)
def put_decision(request: MemberRequest, leave_id: PathId, decision: DecisionIn) -> Any:
    """Say yes or no; whoever is granted leave is off the roster at once."""
    require(request.auth, "shift.plan")
    decide = approve_leave if decision.state == "approved" else decline_leave
    leave = found.there(rota.leave(leave_id))
    decide(actor=request.auth, leave=leave, answer=decision.answer, at=now())
    return Leave.model_validate(found.there(rota.leave(leave_id)))


@router.delete("/{int:leave_id}", operation_id="withdraw_leave", response={204: None})
def delete_leave(request: MemberRequest, leave_id: PathId) -> Any:
    """Take leave back; the shifts it took away are there again."""
    withdraw_leave(actor=request.auth, leave=found.there(rota.leave(leave_id)), at=now())
    return Status(204, None)


def _span(wanted: LeaveIn) -> tuple[datetime, datetime]:
    """From midnight to midnight where days are given, else from hour to hour."""
    if not zones.is_zone(wanted.zone):
        raise Invalid(_("There is no time zone of this name."), field="zone")
    days, hours = (wanted.first_day, wanted.last_day), (wanted.starts_at, wanted.ends_at)
    if days[0] and days[1] and hours == (None, None):
        return instant(days[0], 0, wanted.zone), instant(days[1], 1440, wanted.zone)
    if hours[0] and hours[1] and days == (None, None):
        return hours[0], hours[1]
    raise Invalid(_("Give the first and the last day, or both times."), field="first_day")
