"""Who may ask what would be."""

from __future__ import annotations

from fengong.kernel.actor import Actor
from fengong.people.policies import require


def require_planner(actor: Actor) -> None:
    """Raise Denied unless the actor leads, and so may compare policies."""
    require(actor, "board.assign")
