"""When what happens next: one timer per item, in a binary heap that knows where each item stands.

A timer that is set again moves, one that is cleared is gone; so the heap holds no more than what is truly ahead. At one
moment the item with the smallest number goes first.
"""

from __future__ import annotations

from math import inf
from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import inner
from fengong.engine.routing.arrays import Floats, Ints


class Timers(NamedTuple):
    """time f64, item i64: the heap · place i64[items] of each item in it, -1: not set · size i64[1]."""

    time: Floats
    item: Ints
    place: Ints
    size: Ints


def no_timers(items: int) -> Timers:
    """None set, with room for so many items."""
    return Timers(
        np.full(items, inf),
        np.full(items, -1, dtype=np.int64),
        np.full(items, -1, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )


def more_timers(timers: Timers, items: int) -> Timers:
    """The same ones, with room for so many items."""
    grown = no_timers(items)
    for old, new in zip(timers, grown, strict=True):
        new[: len(old)] = old
    return grown


@inner
def set_timer(timers: Timers, item: int, time: float) -> None:
    """Set or move the timer of this item; inf clears it."""
    at = timers.place[item]
    if time == inf:
        clear_timer(timers, item)
    elif at < 0:
        timers.size[0] += 1
        _rise(timers, timers.size[0] - 1, item, time)
    elif time < timers.time[at]:
        _rise(timers, at, item, time)
    else:
        _sink(timers, at, item, time)


@inner
def clear_timer(timers: Timers, item: int) -> None:
    """Take it out, if it is in."""
    at = timers.place[item]
    if at < 0:
        return
    timers.place[item] = -1
    timers.size[0] -= 1
    last = timers.size[0]
    if at == last:
        return
    moved, time = timers.item[last], timers.time[last]
    if at > 0 and _before(timers, (time, moved), (at - 1) >> 1):
        _rise(timers, at, moved, time)
    else:
        _sink(timers, at, moved, time)


@inner
def _rise(timers: Timers, at: int, item: int, time: float) -> None:
    """Put it at this place or nearer to the top."""
    while at > 0:
        above = (at - 1) >> 1
        if not _before(timers, (time, item), above):
            break
        _put(timers, at, timers.item[above], timers.time[above])
        at = above
    _put(timers, at, item, time)


@inner
def _sink(timers: Timers, at: int, item: int, time: float) -> None:
    """Put it at this place or further from the top."""
    size = timers.size[0]
    below = 2 * at + 1
    while below < size:
        if below + 1 < size and _before(timers, (timers.time[below + 1], timers.item[below + 1]), below):
            below += 1
        if _before(timers, (time, item), below):
            break
        _put(timers, at, timers.item[below], timers.time[below])
        at = below
        below = 2 * at + 1
    _put(timers, at, item, time)


@inner
def _before(timers: Timers, one: tuple[float, int], at: int) -> bool:
    """Whether this time and item go before what stands there."""
    if one[0] == timers.time[at]:
        return bool(one[1] < timers.item[at])
    return bool(one[0] < timers.time[at])


@inner
def _put(timers: Timers, at: int, item: int, time: float) -> None:
    timers.time[at] = time
    timers.item[at] = item
    timers.place[item] = at
