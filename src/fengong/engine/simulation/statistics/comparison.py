"""Which of two systems, or of several, is better when all met the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

from fengong.engine.simulation.statistics.estimate import Estimate, Floats, known
from fengong.engine.simulation.statistics.replications import over_replications, spread


@dataclass(frozen=True, eq=False)
class Difference:
    """The mean of `ours` minus `theirs`, replication by replication.

    `p_value` f64[figures…]: how likely a difference this large would be if there were none (two-sided).
    `variance_reduction` f64[figures…]: (Var ours + Var theirs) / Var difference, by what factor shared seeds cut the
    replications that independent seeds would need; inf if the difference never varies.
    """

    estimate: Estimate
    p_value: Floats
    variance_reduction: Floats


@dataclass(frozen=True, eq=False)
class Contest:
    """One pair out of several: `ours` and `theirs` are positions; `difference.estimate` holds for all pairs at once.

    `p_value` f64[figures…] is adjusted so that all together err with the chance it names.
    """

    ours: int
    theirs: int
    difference: Difference
    p_value: Floats


def paired(ours: ArrayLike, theirs: ArrayLike, confidence: float = 0.95) -> Difference:
    """Compare two systems, both f64[replications, figures…], row by row run with the same seed.

    Source: paired t: Student 1908; Law, Kelton 2000, section 10.2.1; common random numbers: section 11.2.
    Errors: ValueError if the shapes differ, there are fewer than two replications or a value is not finite.
    """
    mine, other = known("ours", ours), known("theirs", theirs)
    if mine.shape != other.shape or len(mine) < 2:
        raise ValueError(f"both need the same two or more replications, not {mine.shape} and {other.shape}")
    estimate = over_replications(mine - other, confidence)
    noise = spread(mine - other)
    error = noise / np.sqrt(len(mine))
    steps = np.divide(np.abs(estimate.mean), error, out=np.full(noise.shape, np.inf), where=error > 0)
    p_value = np.where((error == 0) & (estimate.mean == 0), 1.0, 2 * student.sf(steps, len(mine) - 1))
    apart = spread(mine) ** 2 + spread(other) ** 2
    alone = np.where(apart > 0, np.inf, 1.0)
    return Difference(estimate, np.asarray(p_value), np.divide(apart, noise**2, out=alone, where=noise > 0))


def several(
    systems: ArrayLike, confidence: float = 0.95, *, baseline: int | None = None
) -> tuple[Contest, ...]:
    """Compare each of `systems` f64[systems, replications, figures…] with one, `baseline`, or every pair of them.

    Intervals hold together at the level `confidence` by Bonferroni's inequality; p-values are Holm's, which are never
    larger. Figures are not multiplied in: each figure is a question of its own.
    Source: Law, Kelton 2000, section 10.3; Holm 1979, A simple sequentially rejective multiple test procedure.
    Errors: as for `paired`; ValueError for fewer than two systems or a baseline that is none of them.
    """
    every = [known("systems", system) for system in np.asarray(systems, dtype=np.float64)]
    if len(every) < 2 or (baseline is not None and not 0 <= baseline < len(every)):
        raise ValueError("several needs two systems or more, and a baseline that is one of them")
    pairs = (
        [(b, a) for a, b in combinations(range(len(every)), 2)]
        if baseline is None
        else [(each, baseline) for each in range(len(every)) if each != baseline]
    )
    level = 1 - (1 - confidence) / len(pairs)
    found = [paired(every[ours], every[theirs], level) for ours, theirs in pairs]
    adjusted = holm(np.array([each.p_value for each in found]))
    return tuple(
        Contest(*pair, each, p_value) for pair, each, p_value in zip(pairs, found, adjusted, strict=True)
    )


def holm(p_values: ArrayLike) -> Floats:
    """Adjust `p_values` f64[tests, figures…] of tests done together: the k-th least of m times (m - k + 1), rising.

    Source: Holm 1979.
    """
    given = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(given, axis=0, kind="stable")
    weights = np.arange(len(given), 0, -1).reshape(-1, *[1] * (given.ndim - 1))
    rising = np.maximum.accumulate(np.take_along_axis(given, order, axis=0) * weights, axis=0)
    adjusted = np.empty_like(given)
    np.put_along_axis(adjusted, order, np.minimum(rising, 1.0), axis=0)
    return adjusted
