"""The policies by name. Each turns one situation into a batch of matches; none keeps state between calls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fengong.engine.routing.policies.base import Policy
from fengong.engine.routing.policies.classical import (
    FAIR_IDLE,
    FIRST_COME,
    LEAST_LOADED,
    LONGEST_IDLE,
    ROUND_ROBIN,
    STATIC_PRIORITY,
    STATIC_TIERS,
    Bullseye,
    CmuTheta,
    FixedQueueRatio,
    GeneralizedCmu,
    Overflow,
)
from fengong.engine.routing.policies.fengong import FENGONG

_ALL: tuple[Policy, ...] = (
    FENGONG,
    ROUND_ROBIN,
    LEAST_LOADED,
    LONGEST_IDLE,
    STATIC_TIERS,
    FIRST_COME,
    STATIC_PRIORITY,
    FixedQueueRatio(),
    GeneralizedCmu(),
    CmuTheta(),
    Overflow(),
    FAIR_IDLE,
    Bullseye(),
)
POLICIES = {each.name: each for each in _ALL}


def policy(name: str, **parameters: Any) -> Policy:
    """The policy called `name`, with other parameters where given: `policy("overflow", threshold=4, reserve=1)`.

    Raises ValueError that lists the names there are, or the parameters this policy has.
    """
    try:
        found: Any = POLICIES[name]
    except KeyError:
        raise ValueError(f"there is no policy {name!r}; there are {', '.join(POLICIES)}") from None
    known = [each for each in found.__dataclass_fields__ if each not in ("name", "code")]
    if not set(parameters) <= set(known):
        raise ValueError(f"policy {name!r} has no such parameters; it has {', '.join(known) or 'none'}")
    chosen: Policy = replace(found, **parameters) if parameters else found
    return chosen
