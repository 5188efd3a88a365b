"""How much of the beginning of a run to leave out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fengong.engine.simulation.statistics.estimate import known

_BATCH = 5


@dataclass(frozen=True)
class Warmup:
    """Leave out the first `observations`; `settled` is False if the run is too short to tell."""

    observations: int
    settled: bool


def warmup(series: ArrayLike) -> Warmup:
    """Find the warm-up of `series` f64[observations] or f64[replications, observations] by MSER-5.

    Replications are averaged first, as Welch does, so that the trend stands out from the noise. Of the means of
    batches of 5, drop the d that make the squared standard error of the rest's mean,
    Σ (y_i - ȳ)² / (n - d)², least. A d beyond half of the run says nothing: run longer.
    Source: White 1997, An effective truncation heuristic for bias reduction in simulation output; White, Cobb, Spratt
    2000, A comparison of five steady-state truncation heuristics for simulation.
    Errors: ValueError for fewer than 20 observations or one that is not finite.
    """
    found = known("series", series)
    mean = found if found.ndim == 1 else found.mean(axis=0)
    if mean.ndim != 1 or len(mean) < 4 * _BATCH:
        raise ValueError(f"series must have at least {4 * _BATCH} observations")
    count = len(mean) // _BATCH
    batches = mean[: count * _BATCH].reshape(count, _BATCH).mean(axis=1)
    batches = batches - batches[-1]  # nothing cancels in the sums of squares of a run that rests
    left = np.arange(count, 0, -1)
    sums = np.cumsum(batches[::-1])[::-1]
    squares = np.cumsum(batches[::-1] ** 2)[::-1]
    errors = (squares - sums**2 / left) / left**2
    best = int(np.argmin(errors[: count - 2]))  # two batches that happen to be alike prove nothing
    return Warmup(best * _BATCH, best <= count // 2)
