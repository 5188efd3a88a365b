"""What to expect of a time of the week from the same time of past weeks, with a ceiling for what it may well be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MOST_DISPERSION = 20.0


@dataclass(frozen=True, slots=True)
class Expectation:
    """Of each slot f64[slots]: contacts expected in it, and a ceiling that the true mean exceeds with the chance given
    at most; and how much counts scatter, as variance over mean (1: as Poisson).
    """

    mean: Floats
    ceiling: Floats
    dispersion: float


def expectation(counts: Floats, known: Flags, *, doubt: float = 0.1, trust: float = 1.0) -> Expectation:
    """What a week looks like, from f64[weeks, slots] counts; `known` false where a count must not be used (before the
    desk began, or while there was a surge).

    The rate of a slot has a Gamma prior whose mean is that of all slots together and whose weight is that of `trust`
    weeks; the ceiling is the 1 - `doubt` quantile of its posterior (Gamma-Poisson; Gelman et al., Bayesian Data
    Analysis, 3rd ed., 2.6), widened by the root of the dispersion. Raises ValueError when nothing is known.
    """
    if counts.shape != known.shape or counts.ndim != 2 or not known.any():
        raise ValueError("counts and known must be alike, weeks by slots, and something must be known")
    seen = np.where(known, counts, 0.0)
    weeks = known.sum(axis=0)
    base = seen.sum() / known.sum()
    spread = _dispersion(seen, known, weeks)
    prior = max(base, 0.5 / known.sum())  # nothing ever came: half a contact may have been missed
    shape, weight = seen.sum(axis=0) + trust * prior, weeks + trust
    shape, weight = shape / spread, weight / spread  # scattered counts tell as much as fewer even ones
    mean = shape / weight
    ceiling = gammaincinv(shape, 1 - doubt) / weight
    return Expectation(mean=mean, ceiling=np.maximum(ceiling, mean), dispersion=spread)


def _dispersion(seen: Floats, known: Flags, weeks: npt.NDArray[np.int64]) -> float:
    """Pearson's estimate from slots known in two weeks or more; never below 1 (McCullagh and Nelder, 1989, 4.5)."""
    often = (weeks >= 2) & (seen.sum(axis=0) > 0)
    free = float((weeks[often] - 1).sum())
    if free < 8:
        return 1.0
    mean = seen[:, often].sum(axis=0) / weeks[often]
    off = np.where(known[:, often], (seen[:, often] - mean) ** 2 / mean, 0.0)
    return float(np.clip(off.sum() / free, 1.0, MOST_DISPERSION))
