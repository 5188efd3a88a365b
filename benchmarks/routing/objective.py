"""What a division of labour costs, in points per ticket: one formula and one price list for every scenario.

A point is one customer of normal priority who waits as long as was promised. The customers' terms weigh with priority.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PRIORITY = (0.5, 1.0, 2.0, 4.0)  # low, normal, high, urgent: the ratios of dispatch itself


@dataclass(frozen=True)
class Term:
    """One term of the objective: `points` for one unit of it, and why."""

    name: str
    unit: str
    points: float
    why: str


TERMS = (
    Term("waiting", "wait / promise, by priority", 1.0, "the unit"),
    Term("missed", "share of promises missed, by priority", 2.0, "breaking a promise hurts beyond the minutes"),
    Term("lost", "share who gave up, by priority", 4.0, "the matter is lost; it counts as missed as well"),
    Term("handovers", "changes of person per ticket", 1.0, "told again, read again: as long as a promised wait"),
    Term("wrong_tier", "share not begun and ended at the tier needed", 0.5, "an expert's time, or a failure"),
    Term("spread", "Gini of effort per hour present, within tiers", 2.0, "0.1 more is a tenth of all promises missed"),
    Term("growth", "proficiency steps gained per ticket", -30.0, "a step makes later tickets shorter and safer"),
)  # fmt: skip
TERM_NAMES = tuple(term.name for term in TERMS)
RATES: Floats = np.array([term.points for term in TERMS])

FIGURES = {  # what is shown of every policy; True where less is better
    "wait": True,
    "wait_p95": True,
    "promise_kept": False,
    "right_tier": False,
    "handovers": True,
    "spread": True,
    "growth": False,
    "lost": True,
}
UNITS = {"wait": "min", "wait_p95": "min", "growth": "steps"}
COLUMNS = (*FIGURES, *(f"term_{name}" for name in TERM_NAMES))  # of a row of results
LESS: NDArray[np.bool_] = np.array(list(FIGURES.values()))


def points(rows: Floats, rates: Floats = RATES) -> Floats:
    """Points per ticket, f64[…], of result rows f64[…, columns]."""
    return np.asarray(rows[..., len(FIGURES) :] @ rates)


def gini_within(effort: Floats, hours: Floats, tier: NDArray[np.int64]) -> float:
    """The Gini coefficient of effort per hour present, within each tier, tiers weighed by members; all f64[m]."""
    there = hours > 0
    rate, tier = effort[there] / hours[there], tier[there]
    parts = [(int((tier == t).sum()), _gini(rate[tier == t])) for t in np.unique(tier)]
    heads = sum(count for count, _ in parts)
    return sum(count * value for count, value in parts) / heads if heads else 0.0


def _gini(values: Floats) -> float:
    total = float(values.sum())
    if not total:
        return 0.0
    rank = 2.0 * np.arange(1, len(values) + 1) - len(values) - 1.0
    return float((rank * np.sort(values)).sum() / (len(values) * total))
