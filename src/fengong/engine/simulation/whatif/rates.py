"""How much of what comes in which hour of the week, and how much busier some days are than others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from fengong.engine.simulation.desk import Floats, Ints, Tickets
from fengong.engine.simulation.shifts import DAY

HOURS = 168
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class Rates:
    """`cells` i64[c, 3]: topic, difficulty, priority; `per_hour` f64[c, 168]: tickets expected in each hour of the
    week, which begins on Monday 0:00.
    """

    cells: Ints
    per_hour: Floats

    @property
    def per_week(self) -> float:
        """Tickets expected in a week."""
        return float(self.per_hour.sum())

    def scaled(self, factor: float, by_topic: Mapping[int, float] | None = None) -> Rates:
        """Return the rates times a factor, and each topic named times its own besides. Raises ValueError below 0."""
        own = np.full(len(self.cells), factor)
        for topic, times in (by_topic or {}).items():
            own[self.cells[:, 0] == topic] *= times
        if (own < 0).any():
            raise ValueError("a factor is not below 0")
        return replace(self, per_hour=self.per_hour * own[:, None])


def measured(tickets: Tickets, first: float, last: float) -> Rates:
    """Return the rates of the tickets that came from `first` until `last`, whole weeks from a Monday 0:00 on.

    Raises ValueError when there are none.
    """
    came = _within(tickets, first, last)
    if not came.any():
        raise ValueError("no ticket came in this time")
    kind = np.column_stack([tickets.topic, tickets.difficulty, tickets.priority])[came]
    cells, cell = np.unique(kind, axis=0, return_inverse=True)
    hour = ((tickets.arrival[came] - first) // 60.0).astype(np.int64) % HOURS
    counts = np.bincount(cell.ravel() * HOURS + hour, minlength=len(cells) * HOURS)
    return Rates(cells, counts.reshape(-1, HOURS) / ((last - first) / WEEK))


def measured_busyness(tickets: Tickets, first: float, last: float) -> float:
    """Return the variance of the daily busyness factor in the same time, 0 if days vary no more than Poisson.

    A day of mean m and busyness variance v has the variance m + v m²; v by the method of moments over days, each
    weekday with its own mean, corrected for that mean having been taken from the same days.
    """
    weeks = round((last - first) / WEEK)
    if weeks < 2:
        return 0.0
    day = ((tickets.arrival[_within(tickets, first, last)] - first) // DAY).astype(np.int64)
    counts = np.bincount(day, minlength=7 * weeks)[: 7 * weeks].reshape(weeks, 7).astype(float)
    mean = counts.mean(axis=0)
    variance = counts.var(axis=0, ddof=1)
    squares = float((mean**2).sum())
    return max(0.0, float((variance - mean).sum()) / squares) if squares else 0.0


def _within(tickets: Tickets, first: float, last: float) -> np.ndarray:
    return np.asarray((tickets.arrival >= first) & (tickets.arrival < last))
