"""From channels to variables: the gradient, and the information in the shape of an arrow.

Shared effects form the dense head of the arrow, the variables of a block its shaft; information between variables of
different blocks (two members at one ticket) is left out. With everything in one block nothing is.
"""

from __future__ import annotations

from typing import NamedTuple

from fengong.engine.compiled import compiled
from fengong.engine.rating.outcomes import Floats, Ints


class Arrow(NamedTuple):
    """`head` f64[s, s], `edge` f64[v, s], `shaft` f64[sum of squared block sizes], `gradient` f64[s + v].

    `block` i64[v] is the block of a variable, `start` i64[b] its first variable, `size` i64[b], `at` i64[b] where its
    square begins in `shaft`.
    """

    head: Floats
    edge: Floats
    shaft: Floats
    gradient: Floats
    block: Ints
    start: Ints
    size: Ints
    at: Ints


@compiled
def accumulate(
    places: Ints, weights: Floats, bounds: Ints, pairs: Ints, score: Floats, curve: Floats, arrow: Arrow
) -> None:
    """Add every channel's gradient and every pair's information to the arrow."""
    for j in range(len(bounds) - 1):
        first, size = bounds[j], bounds[j + 1] - bounds[j]
        for a in range(size):
            for u in range(places.shape[1]):
                arrow.gradient[places[first + a, u]] += weights[first + a, u] * score[first + a]
            for b in range(size):
                amount = curve[pairs[j] + a * size + b]
                _spread(places[first + a], weights[first + a], places[first + b], weights[first + b], amount, arrow)


@compiled
def _spread(
    places: Ints, weights: Floats, others: Ints, factors: Floats, amount: float, arrow: Arrow
) -> None:
    """Add one pair of channels."""
    for u in range(len(places)):
        if weights[u] != 0.0:
            for w in range(len(others)):
                if factors[w] != 0.0:
                    _put(places[u], others[w], weights[u] * amount * factors[w], arrow)


@compiled
def _put(row: int, column: int, value: float, arrow: Arrow) -> None:
    """Add one number where it belongs; the half above the edge is known from the one below."""
    shared = len(arrow.head)
    if row < shared:
        if column < shared:
            arrow.head[row, column] += value
    elif column < shared:
        arrow.edge[row - shared, column] += value
    else:
        block = arrow.block[row - shared]
        if arrow.block[column - shared] == block:
            start = arrow.start[block]
            place = (row - shared - start) * arrow.size[block] + column - shared - start
            arrow.shaft[arrow.at[block] + place] += value
