"""Solving with an arrow of information: Newton's step, and the covariance that is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from fengong.engine.rating.kernels.curvature import Arrow
from fengong.engine.rating.outcomes import Floats, Ints


def empty(effects: int, blocks: Ints) -> Arrow:
    """An arrow of nothing for `effects` shared effects and blocks of variables with these bounds, i64[b + 1]."""
    size = np.diff(blocks)
    return Arrow(
        head=np.zeros((effects, effects)),
        edge=np.zeros((int(blocks[-1]), effects)),
        shaft=np.zeros(int((size**2).sum())),
        gradient=np.zeros(effects + int(blocks[-1])),
        block=np.repeat(np.arange(len(size)), size),
        start=blocks[:-1].astype(np.int64),
        size=size.astype(np.int64),
        at=np.concatenate([[0], np.cumsum(size**2)[:-1]]).astype(np.int64),
    )


def square(arrow: Arrow, block: int) -> Floats:
    """The information of a block, f64[size, size]; a view."""
    size, at = int(arrow.size[block]), int(arrow.at[block])
    return arrow.shaft[at : at + size * size].reshape(size, size)


def diagonal_part(arrow: Arrow, first: int, size: int) -> Floats:
    """The information of a run of variables that lies in one block, f64[size, size]; a view."""
    block = int(arrow.block[first])
    inside = slice(first - int(arrow.start[block]), first - int(arrow.start[block]) + size)
    return square(arrow, block)[inside, inside]


@dataclass(frozen=True, slots=True)
class Solved:
    """`step` f64[s + v] = information^-1 gradient, and the covariance.

    The edge of `inner` is that of the information; `own` f64[v, s] is how variables follow the shared effects, so that
    the covariance of the two is -own head.
    """

    step: Floats
    own: Floats
    inner: Arrow

    @property
    def head(self) -> Floats:
        """Covariance of the shared effects, f64[s, s]."""
        return self.inner.head

    def covariance(self) -> Arrow:
        """The covariance, an arrow too."""
        return self.inner._replace(edge=-self.own @ self.head)

    def across(self, run: slice, places: Ints) -> Floats:
        """Covariance of a run of variables with some shared effects."""
        return np.asarray(-self.own[run] @ self.head[:, places])


def solve(arrow: Arrow) -> Solved:
    """Solve by elimination of the blocks (Schur complement). Raises LinAlgError unless positive definite.

    A block looks at few of the shared effects, and only these are calculated with.
    """
    effects = len(arrow.head)
    own = np.zeros_like(arrow.edge)
    back = np.empty(len(arrow.edge))
    left, shaft = arrow.head.copy(), arrow._replace(shaft=np.empty_like(arrow.shaft))
    looks = []
    for block, mine in _runs(arrow):
        factor = cho_factor(square(arrow, block), lower=True, check_finite=False)
        inverse = square(shaft, block)
        inverse[:] = cho_solve(factor, np.eye(int(arrow.size[block])), check_finite=False)
        at = np.flatnonzero(arrow.edge[mine].any(axis=0))
        edge = arrow.edge[mine][:, at]
        own[mine, at] = inverse @ edge
        back[mine] = inverse @ arrow.gradient[effects:][mine]
        left[np.ix_(at, at)] -= edge.T @ own[mine, at]
        looks.append(at)
    head = cho_solve(cho_factor(left, lower=True, check_finite=False), np.eye(effects), check_finite=False)
    step = head @ (arrow.gradient[:effects] - own.T @ arrow.gradient[effects:])
    for (block, mine), at in zip(_runs(arrow), looks, strict=True):
        square(shaft, block)[:] += own[mine, at] @ head[np.ix_(at, at)] @ own[mine, at].T
    return Solved(np.concatenate([step, back - own @ step]), own, shaft._replace(head=head))


def _runs(arrow: Arrow) -> Iterator[tuple[int, slice]]:
    for block, (start, size) in enumerate(zip(arrow.start.tolist(), arrow.size.tolist(), strict=True)):
        yield block, slice(start, start + size)
