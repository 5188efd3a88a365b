"""Sets of half-open spans [start, end): f64[n, 2], sorted, disjoint, none empty."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Spans = NDArray[np.float64]


def spans(pairs: Iterable[tuple[float, float]] | Spans) -> Spans:
    """The union of any pairs as sorted disjoint spans; touching ones are joined, empty ones dropped."""
    given = pairs if isinstance(pairs, np.ndarray) else list(pairs)
    rows = np.array(given, dtype=np.float64).reshape(-1, 2)
    rows = rows[rows[:, 1] > rows[:, 0]]
    if not len(rows):
        return rows
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    reached = np.maximum.accumulate(rows[:, 1])
    first = np.concatenate(([True], rows[1:, 0] > reached[:-1]))
    last = np.append(np.flatnonzero(first)[1:] - 1, len(rows) - 1)
    return np.column_stack((rows[first, 0], reached[last]))


def length(of: Spans) -> float:
    """Minutes covered."""
    return float((of[:, 1] - of[:, 0]).sum())


def common(one: Spans, other: Spans) -> Spans:
    """The minutes that are in both."""
    if not len(one) or not len(other):
        return np.empty((0, 2))
    # For each span of `one`, the run of spans of `other` that reach into it.
    begin = np.searchsorted(other[:, 1], one[:, 0], side="right")
    stop = np.searchsorted(other[:, 0], one[:, 1], side="left")
    count = np.maximum(0, stop - begin)
    mine = np.repeat(np.arange(len(one)), count)
    theirs = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - begin, count)
    starts = np.maximum(one[mine, 0], other[theirs, 0])
    return np.column_stack((starts, np.minimum(one[mine, 1], other[theirs, 1])))


def overlap(one: Spans, other: Spans) -> float:
    """Minutes that are in both."""
    return length(common(one, other))


def without(one: Spans, other: Spans) -> Spans:
    """The minutes of `one` that are not in `other`."""
    if not len(one):
        return one
    edges = np.concatenate(([-np.inf], other.ravel(), [np.inf]))
    return common(one, edges.reshape(-1, 2))
