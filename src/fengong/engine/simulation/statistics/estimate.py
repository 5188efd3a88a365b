"""A mean and how far it may be from the truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t as student

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Estimate:
    """Figures with confidence intervals `mean` ± `half`, each at the level `confidence` on its own.

    `mean`, `half`: f64[figures…], in the unit of the figures; `half` is inf where one value says nothing of spread.
    `count`: how many independent values stand behind it.
    """

    mean: Floats
    half: Floats
    confidence: float
    count: int

    @property
    def low(self) -> Floats:
        """The lower bounds."""
        return np.asarray(self.mean - self.half)

    @property
    def high(self) -> Floats:
        """The upper bounds."""
        return np.asarray(self.mean + self.half)

    @property
    def relative(self) -> Floats:
        """Half the width as a share of the mean: 0 for a certain figure, inf for an uncertain one around 0."""
        size = np.abs(self.mean)
        certain = np.where(self.half > 0, np.inf, 0.0)
        return np.asarray(np.divide(self.half, size, out=certain, where=size > 0))

    def holds(self, truth: ArrayLike) -> NDArray[np.bool_]:
        """Whether each interval holds the value given for it."""
        return np.asarray(np.abs(np.asarray(truth) - self.mean) <= self.half)


def student_half(spread: ArrayLike, count: int, confidence: float, freedom: int | None = None) -> Floats:
    """Half the width of Student's interval for a mean of `count` values with standard deviation `spread`.

    `freedom` is count - 1 unless given; without any degree of freedom the answer is inf.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence!r}")
    degrees = count - 1 if freedom is None else freedom
    if degrees < 1:
        return np.full_like(np.asarray(spread, dtype=np.float64), np.inf)
    return np.asarray(student.ppf((1 + confidence) / 2, degrees) * np.asarray(spread) / np.sqrt(count))


def known(name: str, values: ArrayLike) -> Floats:
    """The values as f64[replications, figures…]; ValueError unless there is one and all are finite numbers."""
    found = np.asarray(values, dtype=np.float64)
    if found.ndim < 1 or not len(found):
        raise ValueError(f"{name} must hold at least one replication")
    if not np.isfinite(found).all():
        row, *rest = np.argwhere(~np.isfinite(found))[0].tolist()
        raise ValueError(f"{name}: replication {row}, figure {tuple(rest)} is not a finite number")
    return found
