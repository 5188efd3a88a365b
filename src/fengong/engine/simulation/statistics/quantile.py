"""Quantiles, such as the wait that 95 % of contacts do not exceed, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binom

from fengong.engine.simulation.statistics.estimate import Estimate, known, student_half


@dataclass(frozen=True)
class QuantileInterval:
    """A quantile with bounds that need not lie evenly around it; ±inf where the values do not reach far enough."""

    value: float
    low: float
    high: float
    confidence: float


def of_independent(values: ArrayLike, rank: float, confidence: float = 0.95) -> QuantileInterval:
    """The quantile `rank` (0..1) of independent `values` f64[n], such as one figure of each run.

    Two order statistics whose ranks leave at most (1 - confidence) / 2 of Binomial(n, rank) on either side; holds for
    any distribution.
    Source: Conover 1999, Practical Nonparametric Statistics, section 3.2; David, Nagaraja 2003, Order Statistics, 7.1.
    Errors: ValueError if there is no value, one is not finite, or `rank` or `confidence` is not between 0 and 1.
    """
    found = np.sort(known("values", values).ravel())
    _between(rank, confidence)
    tail, count = (1 - confidence) / 2, len(found)
    # P(fewer than `first` values lie below the quantile) <= tail, and likewise above for `last`
    first = int(binom.ppf(tail, count, rank))
    first -= bool(binom.cdf(first, count, rank) > tail)
    last = int(binom.ppf(1 - tail, count, rank)) + 1
    return QuantileInterval(
        float(np.quantile(found, rank)),
        float(found[first]) if first >= 0 else -np.inf,
        float(found[last - 1]) if last <= count else np.inf,
        confidence,
    )


def of_runs(runs: Sequence[ArrayLike], rank: float, confidence: float = 0.95) -> Estimate:
    """The quantile `rank` (0..1) of all values of `runs`, each f64[any number]; values of one run may be correlated.

    The estimate is the quantile of all values together, for that of a short run is biased; its spread is that of the
    runs' own quantiles around it (sectioning).
    Source: Asmussen, Glynn 2007, Stochastic Simulation, section III.5; Nakayama 2014, Confidence intervals for
    quantiles using sectioning when applying variance-reduction techniques.
    Errors: ValueError if a run is empty or holds a value that is not finite, or as for `of_independent`.
    """
    _between(rank, confidence)
    if not runs:
        raise ValueError("runs must hold at least one run")
    every = [known(f"run {place}", run).ravel() for place, run in enumerate(runs)]
    whole = np.quantile(np.concatenate(every), rank)
    each = np.array([np.quantile(run, rank) for run in every])
    noise = np.sqrt(((each - whole) ** 2).sum() / max(1, len(each) - 1))
    return Estimate(np.asarray(whole), student_half(noise, len(each), confidence), confidence, len(each))


def _between(rank: float, confidence: float) -> None:
    if not (0 < rank < 1 and 0 < confidence < 1):
        raise ValueError(f"rank and confidence must lie between 0 and 1, not {rank!r} and {confidence!r}")
