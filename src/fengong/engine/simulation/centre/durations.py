"""How long something takes: a distribution of minutes, which may differ between periods of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

CONSTANT, EXPONENTIAL, LOGNORMAL, GAMMA, EMPIRICAL = range(5)


@dataclass(frozen=True, slots=True)
class Duration:
    """Minutes, made by one of the constructors below. `inf` as a constant means never.

    `kind` one of the codes above · `mean`, `sd` minutes · `values` the sample of an empirical one, sorted · `factors`
    multiply it by period: of the period p in which the ticket arrived, counted in the model's `period` from 0 and from
    the start again after the last, `factors[p]`.
    """

    kind: int
    mean: float
    sd: float = 0.0
    values: tuple[float, ...] = ()
    factors: tuple[float, ...] = (1.0,)

    def __post_init__(self) -> None:
        if not self.mean >= 0 or not 0 <= self.sd < inf:
            raise ValueError("a duration has a mean of zero or more minutes and a finite standard deviation")
        if self.kind in (LOGNORMAL, GAMMA) and not 0 < self.mean < inf:
            raise ValueError("a lognormal or gamma duration has a positive, finite mean")
        if not self.factors or min(self.factors) < 0:
            raise ValueError("factors must be there and not be negative")

    @classmethod
    def constant(cls, minutes: float) -> Duration:
        """Always the same; zero and inf are allowed."""
        return cls(CONSTANT, minutes)

    @classmethod
    def exponential(cls, mean: float) -> Duration:
        """Exponential with this mean."""
        return cls(EXPONENTIAL, mean, mean)

    @classmethod
    def lognormal(cls, mean: float, sd: float) -> Duration:
        """Lognormal with this mean and standard deviation, of the minutes, not of their logarithm."""
        return cls(LOGNORMAL, mean, sd)

    @classmethod
    def gamma(cls, mean: float, sd: float) -> Duration:
        """Gamma with this mean and standard deviation: shape (mean/sd)^2. Raises ValueError for sd 0."""
        if sd <= 0:
            raise ValueError("a gamma duration has a positive standard deviation")
        return cls(GAMMA, mean, sd)

    @classmethod
    def empirical(cls, values: Sequence[float]) -> Duration:
        """One of these values, each as likely as the other. Raises ValueError if there are none."""
        if not len(values):
            raise ValueError("an empirical duration needs values")
        ordered = np.sort(np.asarray(values, dtype=np.float64))
        if not 0 <= ordered[0] <= ordered[-1] < inf:
            raise ValueError("empirical values are finite and not negative")
        return cls(EMPIRICAL, float(ordered.mean()), float(ordered.std()), tuple(ordered.tolist()))

    def by_period(self, factors: Sequence[float]) -> Duration:
        """The same, times `factors[p]` for tickets that arrive in period p."""
        return replace(self, factors=tuple(map(float, factors)))


def never() -> Duration:
    """It does not happen."""
    return Duration.constant(inf)


def at_once() -> Duration:
    """It takes no time."""
    return Duration.constant(0.0)
