"""The policies by name. Each turns one situation into a batch of matches; none keeps state between calls."""

from __future__ import annotations

from fengong.engine.routing.policies.base import Policy
from fengong.engine.routing.policies.classical import LEAST_LOADED, LONGEST_IDLE, ROUND_ROBIN, STATIC_TIERS
from fengong.engine.routing.policies.fengong import FENGONG

_ALL: tuple[Policy, ...] = (FENGONG, ROUND_ROBIN, LEAST_LOADED, LONGEST_IDLE, STATIC_TIERS)
POLICIES = {each.name: each for each in _ALL}


def policy(name: str) -> Policy:
    """The policy called `name`. Raises ValueError that lists the names there are."""
    try:
        return POLICIES[name]
    except KeyError:
        raise ValueError(f"there is no policy {name!r}; there are {', '.join(POLICIES)}") from None
