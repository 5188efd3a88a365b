"""Whoever asks."""

from __future__ import annotations

from typing import Any

from ninja import Router

from fengong.api.authentication import MemberRequest
from fengong.api.schemas import people as shown
from fengong.desk import queries as desk
from fengong.kernel.clock import now
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence

router = Router(tags=["me"])


@router.get("", operation_id="get_me", response=shown.Me)
def get_me(request: MemberRequest) -> Any:
    """Who asks, what they hold, whether they are here, and their shift."""
    member = request.auth
    load, shift = desk.load_of(member), rota.next_shift(member, now())
    return shown.Me(
        member=shown.Member.model_validate(member),
        account=shown.AccountOut.model_validate(member.account),
        presence=rota.presence_of(member),
        load=shown.Load.model_validate(load) if load else None,
        shift=shown.Shift.model_validate(shift) if shift else None,
    )


@router.put("/presence", operation_id="set_own_presence", response=shown.PresenceOut)
def put_presence(request: MemberRequest, stated: shown.PresenceIn) -> Any:
    """Say that one is online, away or offline."""
    presence = set_presence(actor=request.auth, member=request.auth, status=stated.status, at=now())
    return shown.PresenceOut.model_validate(presence)
