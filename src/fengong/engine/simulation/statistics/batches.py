"""One long run cut into batches whose means are nearly independent."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from fengong.engine.simulation.statistics.estimate import Estimate, Floats, known
from fengong.engine.simulation.statistics.replications import over_replications

_USED = 32  # batches behind the interval: 10 to 30 are enough, and more gain little (Schmeiser 1982)
_LEAST_TESTED = 128  # with fewer the test sees only gross correlation
_MOST_TESTED = 4096
_LEVEL = 0.05


@dataclass(frozen=True, eq=False)
class BatchMeans:
    """The mean of a run; `estimate.count` batches of `size` observations each stand behind it.

    `correlation`: lag-1 correlation of the `tested` smaller batches that passed, or of the last that did not;
    `independent` is False if none passed: the run is too short and the interval too narrow.
    """

    estimate: Estimate
    size: int
    tested: int
    correlation: float
    independent: bool


def batch_means(series: ArrayLike, confidence: float = 0.95) -> BatchMeans:
    """Estimate the mean of a stationary `series` f64[observations], at least 128 of them, its warm-up removed.

    The batches double in size until von Neumann's ratio no longer shows a positive lag-1 correlation (5 % level),
    with at least 128 of them; the interval then comes from 32 still larger ones. Observations that fill no batch are
    left out at the beginning.
    Source: batches tested when many and used when few: Law, Carson 1979, A sequential procedure for determining the
    length of a steady-state simulation; ratio: von Neumann 1941; Fishman 1978, Grouping observations in digital
    simulation; 32: Schmeiser 1982, Batch size effects in the analysis of simulation output.
    Errors: ValueError for fewer than 128 observations or one that is not finite.
    """
    found = known("series", series)
    if found.ndim != 1 or len(found) < _LEAST_TESTED:
        raise ValueError(f"series must be one row of at least {_LEAST_TESTED} observations")
    tested = _LEAST_TESTED
    while 2 * tested <= min(len(found), _MOST_TESTED):
        tested *= 2
    correlation, passed = _lag_one(_means(found, tested))
    while not passed and tested > _LEAST_TESTED:
        tested //= 2
        correlation, passed = _lag_one(_means(found, tested))
    used = over_replications(_means(found, _USED), confidence)
    return BatchMeans(used, len(found) // _USED, tested, correlation, passed)


def _means(series: Floats, batches: int) -> Floats:
    size = len(series) // batches
    return np.asarray(series[len(series) - size * batches :].reshape(batches, size).mean(axis=1))


def _lag_one(means: Floats) -> tuple[float, bool]:
    """The correlation of neighbours, 1 - von Neumann's ratio / 2, and whether it may well be 0.

    For b independent normal values its variance is (b - 2) / (b² - 1).
    """
    around = means - means.mean()
    square = float(around @ around)
    if not square:
        return 0.0, True
    found = 1 - float(np.diff(means) @ np.diff(means)) / (2 * square)
    count = len(means)
    return found, found <= float(norm.ppf(1 - _LEVEL)) * sqrt((count - 2) / (count**2 - 1))
