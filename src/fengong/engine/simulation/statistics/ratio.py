"""Ratios of sums, such as a service level: contacts answered in time over contacts that count."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fengong.engine.simulation.statistics.estimate import Estimate, Floats, known, student_half
from fengong.engine.simulation.statistics.replications import over_replications, spread


def ratio(numerators: ArrayLike, denominators: ArrayLike, confidence: float = 0.95) -> Estimate:
    """Estimate Σ numerators / Σ denominators, both f64[replications, figures…], by the delta method.

    The spread is that of (x - r y) / ȳ over replications. The mean of the ratios of single runs would be another
    figure: it gives a quiet day the weight of a busy one.
    Source: Asmussen, Glynn 2007, Stochastic Simulation, section III.3; Law, Kelton 2000, section 9.5.3.
    Errors: ValueError if the shapes differ, a value is not finite or the denominators sum up to 0.
    """
    above, below = _checked(numerators, denominators)
    found = above.mean(axis=0) / below.mean(axis=0)
    noise = spread(above - found * below) / np.abs(below.mean(axis=0))
    return Estimate(np.asarray(found), student_half(noise, len(above), confidence), confidence, len(above))


def jackknife_ratio(numerators: ArrayLike, denominators: ArrayLike, confidence: float = 0.95) -> Estimate:
    """The same with each run left out in turn: the bias of order 1/n is removed; better for few, uneven runs.

    Source: Quenouille 1956; Miller 1974, The jackknife: a review; Law, Kelton 2000, section 9.5.3.
    Errors: as for `ratio`, also if there are fewer than two replications or one of them holds all the weight.
    """
    above, below = _checked(numerators, denominators)
    count = len(above)
    rest = below.sum(axis=0) - below
    if count < 2 or (rest == 0).any():
        raise ValueError("the jackknife needs two replications or more that have denominators")
    whole = above.sum(axis=0) / below.sum(axis=0)
    without = (above.sum(axis=0) - above) / rest
    return over_replications(count * whole - (count - 1) * without, confidence)


def _checked(numerators: ArrayLike, denominators: ArrayLike) -> tuple[Floats, Floats]:
    above, below = known("numerators", numerators), known("denominators", denominators)
    if above.shape != below.shape:
        raise ValueError(f"numerators {above.shape} and denominators {below.shape} must have one shape")
    if (below.sum(axis=0) == 0).any():
        raise ValueError("denominators must not sum up to 0")
    return above, below
