"""Putting positions in order of their keys, equal ones as they were: merging runs of growing length, from below.

Numba's own sorts take seconds to compile, for each type of key anew.
"""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.routing.arrays import Floats, Ints


@inner
def put_in_order(order: Ints, keys: Floats | Ints, sign: int, buffer: Ints) -> None:
    """Sorts the positions in `order` by `keys`, rising for sign 1 and falling for -1; buffer i64, as long."""
    width = 1
    while width < len(order):
        for low in range(0, len(order), 2 * width):
            _merge(order, keys, sign, buffer, (low, width))
        for i in range(len(order)):
            order[i] = buffer[i]
        width *= 2


@inner
def _merge(order: Ints, keys: Floats | Ints, sign: int, buffer: Ints, run: tuple[int, int]) -> None:
    """The runs order[low : low + width] and the next, into the buffer."""
    left, middle = run[0], min(run[0] + run[1], len(order))
    right, high = middle, min(middle + run[1], len(order))
    for i in range(run[0], high):
        first = right >= high
        if left < middle and right < high:
            first = sign * keys[order[left]] <= sign * keys[order[right]]
        if first:
            buffer[i] = order[left]
            left += 1
        else:
            buffer[i] = order[right]
            right += 1
