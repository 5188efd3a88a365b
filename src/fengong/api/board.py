"""The dispatcher board."""

from __future__ import annotations

from typing import Any

from ninja import Router

from fengong.api.authentication import MemberRequest
from fengong.api.schemas import dispatch as shown
from fengong.dispatch import queries as dispatch
from fengong.kernel.clock import now
from fengong.people.policies import require

router = Router(tags=["dispatch"])


@router.get("", operation_id="get_board", response=shown.Board)
def get_board(request: MemberRequest) -> Any:
    """Everybody with capacity, what they hold, and what waits."""
    require(request.auth, "board.read")
    at = now()
    return shown.board(dispatch.board(at), at)
