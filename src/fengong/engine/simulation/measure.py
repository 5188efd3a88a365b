"""From outcomes to figures, and from the figures of many seeds to intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from fengong.engine.simulation.desk import Floats, Tickets
from fengong.engine.simulation.outcome import Outcome, gini

HOUR = 60.0
# Every figure, in the order to show. True where less is better.
FIGURES: dict[str, bool] = {
    "assigned_mean": True,  # hours from opening to the first owner
    "begun_mean": True,  # hours from opening to the first work
    "ownerless_mean": True,  # hours without an owner, over the whole life
    "resolved_median": True,  # hours from opening to the lasting solution
    "resolved_mean": True,
    "resolved_p90": True,
    "handovers_mean": True,  # changes of person
    "pingpong": True,  # share of tickets that came back to a team they had left
    "right_first": False,  # share that began at the tier they needed and stayed there
    "respond_kept": False,  # share begun within the promised time
    "resolve_kept": False,  # share resolved within it, waiting for the customer left out
    "gini": True,  # of effort over members
    "busiest": True,  # hours of effort of the member with most
    "effort": True,  # hours of effort of all
}
Figures = dict[str, float]


def figures(outcome: Outcome, tickets: Tickets) -> Figures:
    """Return every figure; unresolved tickets count as broken promises and are left out of the times."""
    resolved = (outcome.resolved - outcome.arrival) / HOUR
    known = resolved[~np.isnan(resolved)]
    middle, high = np.percentile(known, [50, 90]) if len(known) else (np.nan, np.nan)
    begun_by = np.where(np.isnan(outcome.begun), np.inf, outcome.begun)
    done_by = np.where(np.isnan(outcome.resolved), np.inf, outcome.resolved) - outcome.customer
    return {
        "assigned_mean": _mean((outcome.assigned - outcome.arrival) / HOUR),
        "begun_mean": _mean((outcome.begun - outcome.arrival) / HOUR),
        "ownerless_mean": _mean(outcome.queued / HOUR),
        "resolved_median": float(middle),
        "resolved_mean": _mean(resolved),
        "resolved_p90": float(high),
        "handovers_mean": _mean(outcome.handovers.astype(float)),
        "pingpong": _mean((outcome.returns > 0).astype(float)),
        "right_first": _mean(outcome.right_first.astype(float)),
        "respond_kept": _mean((begun_by <= tickets.respond_by).astype(float)),
        "resolve_kept": _mean((done_by <= tickets.resolve_by).astype(float)),
        "gini": gini(outcome.effort),
        "busiest": float(outcome.effort.max(initial=0.0)) / HOUR,
        "effort": float(outcome.effort.sum()) / HOUR,
    }


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % confidence interval; the bounds equal the mean when there is one value only."""

    mean: float
    low: float
    high: float


def interval(values: Sequence[float]) -> Interval:
    """Return mean and Student t interval of independent values (n - 1 degrees of freedom)."""
    mean = float(np.mean(values))
    if len(values) < 2:
        return Interval(mean, mean, mean)
    half = float(student.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values)))
    return Interval(mean, mean - half, mean + half)


def intervals(runs: Sequence[Figures]) -> dict[str, Interval]:
    """Return the interval of every figure over runs."""
    return {name: interval([run[name] for run in runs]) for name in FIGURES}


def paired(runs: Sequence[Figures], others: Sequence[Figures]) -> dict[str, Interval]:
    """Return the interval of each difference, run by run: seeds are shared, so their luck cancels."""
    both = list(zip(runs, others, strict=False))
    return {name: interval([a[name] - b[name] for a, b in both]) for name in FIGURES}
