"""From channels to variables: the gradient, and the information in the shape of an arrow.

Shared effects form the dense head of the arrow, the variables of a block its shaft. There is no room for information
between two blocks, so a ticket's pairs of channels that look at different blocks must bring none.
"""

from __future__ import annotations

from typing import NamedTuple

from fengong.engine.compiled import inner, lean
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


class Rows(NamedTuple):
    """What c channels look at, sorted by ticket.

    Variables `places` i64[c, w] with `weights` f64[c, w]; `edges` f64[c, w] of these make up the edge, `load` f64[c]
    tells how much of it shows. `bounds`, `pairs` i64[n + 1] bound each ticket's channels and pairs of channels.
    """

    places: Ints
    weights: Floats
    edges: Floats
    load: Floats
    bounds: Ints
    pairs: Ints


class Bench(NamedTuple):
    """Room to work on one ticket.

    `spot` i64[s + v]: where a variable stands on the bench, -1 nowhere; `there` i64[u] the variables on it; `weights`
    f64[c, u] of the ticket's channels; `square` f64[u, u]; `row`, `left`, `right` f64[u].
    """

    spot: Ints
    there: Ints
    weights: Floats
    square: Floats
    row: Floats
    left: Floats
    right: Floats


class Swing(NamedTuple):
    """How uncertain variables blur what tickets say.

    `moved` f64[n]: the variance of the mean of each ticket's residue; `joint` f64[c]: the covariance of each channel's
    predictor with its edge, both less that mean.
    """

    moved: Floats
    joint: Floats


@lean
def accumulate(rows: Rows, score: Floats, curve: Floats, arrow: Arrow, bench: Bench) -> None:
    """Add to the arrow, ticket by ticket, W'g to the gradient and W'MW to the information.

    W are the weights of the ticket's channels on the variables they look at, g their scores f64[c], M the information
    of their integral, f64[pairs].
    """
    for j in range(len(rows.bounds) - 1):
        first, size = rows.bounds[j], rows.bounds[j + 1] - rows.bounds[j]
        used = _lay_out(rows, first, size, bench)
        for u in range(used):
            total = 0.0
            for a in range(size):
                total += bench.weights[a, u] * score[first + a]
            arrow.gradient[bench.there[u]] += total
            _row(curve, rows.pairs[j], size, u, bench)
            _put(u, arrow, bench)
        for u in range(used):
            bench.spot[bench.there[u]] = -1


@lean
def blur(rows: Rows, lean: Floats, covariance: Arrow, bench: Bench, out: Swing) -> None:
    """Fill `out`, given how far each residue's mean moves with each predictor, f64[c]."""
    for j in range(len(rows.bounds) - 1):
        first, size = rows.bounds[j], rows.bounds[j + 1] - rows.bounds[j]
        used = _lay_out(rows, first, size, bench)
        for u in range(used):
            bench.row[u] = 0.0
            for a in range(size):
                bench.row[u] += bench.weights[a, u] * lean[first + a]
            for w in range(u + 1):
                bench.square[u, w] = _get(bench.there[u], bench.there[w], covariance)
                bench.square[w, u] = bench.square[u, w]
        out.moved[j] = _form(bench.row, bench.row, used, bench.square)
        for a in range(size):
            if rows.load[first + a] != 1.0:  # what is solved has no load to learn
                out.joint[first + a] = _joint(rows, first + a, a, used, bench)
        for u in range(used):
            bench.spot[bench.there[u]] = -1


@inner
def _joint(rows: Rows, c: int, a: int, used: int, bench: Bench) -> float:
    """Covariance of one channel's predictor with its edge."""
    for u in range(used):
        bench.left[u] = bench.weights[a, u] - rows.load[c] * bench.row[u]
        bench.right[u] = -bench.row[u]
    for w in range(rows.places.shape[1]):
        if rows.edges[c, w] != 0.0 and bench.spot[rows.places[c, w]] >= 0:
            bench.right[bench.spot[rows.places[c, w]]] += rows.edges[c, w]
    return _form(bench.left, bench.right, used, bench.square)


@inner
def _form(left: Floats, right: Floats, used: int, square: Floats) -> float:
    """left' square right."""
    total = 0.0
    for u in range(used):
        inner = 0.0
        for w in range(used):
            inner += square[u, w] * right[w]
        total += left[u] * inner
    return total


@inner
def _get(row: int, column: int, arrow: Arrow) -> float:
    """One number of an arrow, 0 between two blocks."""
    shared = len(arrow.head)
    if row < shared:
        return float(arrow.head[row, column] if column < shared else arrow.edge[column - shared, row])
    if column < shared:
        return float(arrow.edge[row - shared, column])
    if arrow.block[row - shared] != arrow.block[column - shared]:
        return 0.0
    return float(arrow.shaft[_place(row - shared, column - shared, arrow)])


@inner
def _place(row: int, column: int, arrow: Arrow) -> int:
    """Where a number within a block stands."""
    block = arrow.block[row]
    start = arrow.start[block]
    return int(arrow.at[block] + (row - start) * arrow.size[block] + column - start)


@inner
def _lay_out(rows: Rows, first: int, size: int, bench: Bench) -> int:
    """Put the variables of a ticket on the bench; return how many there are."""
    used = 0
    for a in range(size):
        bench.weights[a, :] = 0.0
        for w in range(rows.places.shape[1]):
            if rows.weights[first + a, w] != 0.0:
                place = rows.places[first + a, w]
                if bench.spot[place] < 0:
                    bench.spot[place] = used
                    bench.there[used] = place
                    used += 1
                bench.weights[a, bench.spot[place]] += rows.weights[first + a, w]
    return used


@inner
def _row(curve: Floats, at: int, size: int, u: int, bench: Bench) -> None:
    """One row of W'MW, up to the diagonal."""
    bench.row[: u + 1] = 0.0
    for b in range(size):
        amount = 0.0
        for a in range(size):
            amount += bench.weights[a, u] * curve[at + a * size + b]
        for w in range(u + 1):
            bench.row[w] += amount * bench.weights[b, w]


@inner
def _put(u: int, arrow: Arrow, bench: Bench) -> None:
    """Add a row, and the column that equals it, where they belong."""
    row = bench.there[u]
    for w in range(u):
        _add(row, bench.there[w], bench.row[w], arrow)
        _add(bench.there[w], row, bench.row[w], arrow)
    _add(row, row, bench.row[u], arrow)


@inner
def _add(row: int, column: int, amount: float, arrow: Arrow) -> None:
    """Add one number; the half above the edge is known from the one below, and there is no room between two blocks."""
    shared = len(arrow.head)
    if row < shared:
        if column < shared:
            arrow.head[row, column] += amount
    elif column < shared:
        arrow.edge[row - shared, column] += amount
    elif arrow.block[row - shared] == arrow.block[column - shared]:
        arrow.shaft[_place(row - shared, column - shared, arrow)] += amount
