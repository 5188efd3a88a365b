"""When there have been enough replications."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf

import numpy as np
from numpy.typing import ArrayLike

from fengong.engine.simulation.statistics.estimate import Estimate
from fengong.engine.simulation.statistics.replications import over_replications

_GROWTH = 4  # a forecast from few values is rough, so one wave at most quadruples what there is


@dataclass(frozen=True)
class Precision:
    """What is asked of every figure: an error of at most `relative` of the true mean, or of at most `absolute`.

    One of the two is enough, and each holds with probability `confidence`. `least` replications come first, `most`
    end it whatever was reached.
    """

    relative: float = 0.05
    absolute: float = 0.0
    confidence: float = 0.95
    least: int = 10
    most: int = 1000

    def __post_init__(self) -> None:
        """Refuse what no number of replications could meet."""
        if not 0 < self.confidence < 1:
            raise ValueError(f"confidence must lie between 0 and 1, not {self.confidence!r}")
        if self.relative < 0 or self.absolute < 0 or not self.relative + self.absolute:
            raise ValueError("relative or absolute must be above 0, and neither below")
        if not 2 <= self.least <= self.most:
            raise ValueError("least must be at least 2 and at most as many as most")

    def allowed(self, estimate: Estimate) -> np.ndarray:
        """How wide half an interval may be, f64[figures…].

        An error within γ of the truth needs an interval within γ / (1 + γ) of the estimate.
        Source: Law, Kelton 2000, section 9.4.1.
        """
        near = self.relative / (1 + self.relative) * np.abs(estimate.mean)
        return np.maximum(near, self.absolute)


def wanted(values: ArrayLike, precision: Precision) -> int:
    """How many replications should be run after those in `values` f64[replications, figures…]; 0: it is enough.

    The sequential rule: go on until every interval is narrow enough, after `least` replications. The number to come
    is a forecast, (half / allowed)² times what there is, looked at again afterwards; it depends on the values only.
    Source: Chow, Robbins 1965, On the asymptotic theory of fixed-width sequential confidence intervals for the mean;
    Law, Kelton 2000, section 9.4.1.
    Errors: as for `over_replications`.
    """
    count = len(np.asarray(values))
    if count < precision.least:
        return precision.least - count
    estimate = over_replications(values, precision.confidence)
    allowed = precision.allowed(estimate)
    if (estimate.half <= allowed).all():
        return 0
    with np.errstate(divide="ignore"):
        short = float(np.max(np.where(estimate.half > 0, estimate.half / allowed, 0.0)))
    forecast = _GROWTH * count if short == inf else min(ceil(count * short**2), _GROWTH * count)
    return max(0, min(max(forecast, count + 1), precision.most) - count)
