"""Independent runs: the mean of each figure with Student's interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fengong.engine.simulation.statistics.estimate import Estimate, Floats, known, student_half


def over_replications(values: ArrayLike, confidence: float = 0.95) -> Estimate:
    """Estimate the mean of each figure from `values` f64[replications, figures…].

    Mean ± t(n - 1, (1 + confidence) / 2) s / √n. Exact for normal values; for means over long runs nearly so.
    Source: Student 1908; Law, Kelton 2000, Simulation Modeling and Analysis, section 9.4.1.
    Errors: ValueError if there is no replication, a value is not finite or `confidence` is not between 0 and 1.
    """
    found = known("values", values)
    return Estimate(
        np.asarray(found.mean(axis=0)),
        student_half(spread(found), len(found), confidence),
        confidence,
        len(found),
    )


def spread(values: Floats) -> Floats:
    """The standard deviation over replications, f64[figures…]; 0 for a single one."""
    if len(values) < 2:
        return np.zeros(values.shape[1:])
    return np.asarray(values.std(axis=0, ddof=1))
