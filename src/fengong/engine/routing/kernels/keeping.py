"""What a free member is worth kept free, as kernels ask it; `routing.keeping` works the tables out.

Tickets are looked at by kind: those alike in who may take them, how long they take and what their waiting costs. All
figures are points. Numbers beyond the end of a table count as its last entry.
"""

from __future__ import annotations

from typing import NamedTuple

from fengong.engine.compiled import compiled
from fengong.engine.routing.arrays import Floats


class Keeping(NamedTuple):
    """gain f64[kinds, groups, most_waiting + 1]: what it saves if a member of the group takes one ticket of the kind
    while so many of that kind wait (the one looked at among them), -inf where the group cannot do it ·
    price f64[kinds, groups, most_free + 1]: what the group loses by having one free member less of now so many, bound
    for as long as the kind takes; 0 for the group's own work.
    """

    gain: Floats
    price: Floats


@compiled
def worth_taking(keeping: Keeping, kind: int, group: int, waiting: int, free: int) -> float:
    """Points won by letting one of the `free` members of the group take a ticket of this kind now.

    At 0 or below it is better to keep the member free. Of several pairs the one with the greatest worth goes first.
    """
    most = min(waiting, keeping.gain.shape[2] - 1)
    return float(keeping.gain[kind, group, most]) - keep_price(keeping, kind, group, free)


@compiled
def keep_price(keeping: Keeping, kind: int, group: int, free: int) -> float:
    """Points lost by binding one of the `free` members of the group to a ticket of this kind."""
    return float(keeping.price[kind, group, min(free, keeping.price.shape[2] - 1)])
