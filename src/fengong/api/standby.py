"""Standby."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, Order, Turn
from fengong.api.rosters import Period, span_of
from fengong.api.schemas.rosters import Standby, StandbyIn
from fengong.kernel.clock import now
from fengong.people.policies import require
from fengong.rota import queries as rota
from fengong.rota.actions.standby import cancel_standby, plan_standby
from fengong.rota.policies import require_reading_shifts_of

router = Router(tags=["rota"])
IN_ORDER = Order(("starts_at", "id"), (datetime, int))


@router.get("", operation_id="list_standby", response=Listed[Standby])
def list_standby(request: MemberRequest, period: Query[Period], turn: Query[Turn]) -> Any:
    """Who can be called in a span of time, in order."""
    require_reading_shifts_of(request.auth, None)
    return IN_ORDER.shown(Standby, rota.standby_between(*span_of(period)), turn)


@router.post("", operation_id="plan_standby", response={201: Standby})
def post_standby(request: MemberRequest, wanted: StandbyIn) -> Any:
    """Say when a member can be called, and within how many minutes they are there."""
    require(request.auth, "shift.plan")
    standby = plan_standby(
        actor=request.auth,
        member=found.the_member(wanted.member_id, field="member_id"),
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        answers_within=wanted.answers_within,
        at=now(),
    )
    return Status(201, Standby.model_validate(standby))


@router.delete("/{int:standby_id}", operation_id="cancel_standby", response={204: None})
def delete_standby(request: MemberRequest, standby_id: PathId) -> Any:
    """The member need not be ready to be called."""
    require(request.auth, "shift.plan")
    cancel_standby(actor=request.auth, standby=found.there(rota.standby(standby_id)), at=now())
    return Status(204, None)
