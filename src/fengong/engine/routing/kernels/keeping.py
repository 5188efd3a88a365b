"""What a free member is worth kept free, as kernels ask it; `routing.keeping` works the tables out.

Tickets are looked at by kind: those alike in who may take them, how long they take and what their waiting costs. All
figures are points. Numbers beyond the end of a table count as its last entry.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import lean
from fengong.engine.routing.arrays import Floats, Ints


class Keeping(NamedTuple):
    """gain f64[kinds, groups, most_waiting + 1]: what it saves if a member of the group takes one ticket of the kind
    while so many of that kind wait (the one looked at among them) · price f64[kinds, groups, most_free + 1]: what the
    group loses by having one free member less of now so many, bound for as long as the kind takes; 0 at a kind's home ·
    urgency f64[kinds, groups, most_waiting + 1]: which of several kinds a member takes first, 0 = cannot.
    """

    gain: Floats
    price: Floats
    urgency: Floats


@lean
def worth_taking(keeping: Keeping, kind: int, group: int, waiting: int, free: int) -> float:
    """How urgent it is that one of the `free` members of the group takes a ticket of this kind now.

    0: it is better to keep the member free, or the group cannot do it. A member takes the kind with the greatest worth;
    a ticket goes to the group with the least `keep_price` of those to which it is worth anything.
    """
    most = min(waiting, keeping.gain.shape[2] - 1)
    if waiting <= 0 or free <= 0 or keeping.gain[kind, group, most] <= keep_price(keeping, kind, group, free):
        return 0.0
    return float(keeping.urgency[kind, group, most])


@lean
def keep_price(keeping: Keeping, kind: int, group: int, free: int) -> float:
    """Points lost by binding one of the `free` members of the group to a ticket of this kind."""
    return float(keeping.price[kind, group, min(free, keeping.price.shape[2] - 1)])


@lean
def next_kind(keeping: Keeping, group: int, waiting: Ints, free: int) -> int:
    """The kind that one of the `free` members of the group takes next, or -1; waiting i64[kinds]."""
    best, most = -1, 0.0
    for kind in range(len(waiting)):
        worth = worth_taking(keeping, kind, group, waiting[kind], free)
        if worth > most:
            best, most = kind, worth
    return best


@lean
def next_pair(keeping: Keeping, waiting: Ints, free: Ints) -> tuple[int, int]:
    """Who takes what next: (kind, group), kind -1 if everybody free is better kept free. waiting i64[kinds], free
    i64[groups]."""
    kind, group, least = -1, -1, np.inf
    for other in range(len(free)):
        taken = next_kind(keeping, other, waiting, free[other])
        if taken >= 0 and keep_price(keeping, taken, other, free[other]) < least:
            kind, group, least = taken, other, keep_price(keeping, taken, other, free[other])
    return kind, group
