"""What a simulation is told: the people, the tickets, and how both behave. Times and efforts in minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt

from fengong.engine.simulation.shifts import Shifts

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
LEVELS = 6  # proficiency 0 (none) .. 5
ENDS = 2  # how a stint can end: 0 passed on, 1 resolved
OPENINGS = 2  # 0 taken from a queue, 1 begun while the customer was there


def totals(codes: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of `values` by code 0 .. count - 1."""
    return np.bincount(codes, values, minlength=count).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Staff:
    """`m` members. `tier` i64 1..3; `team` i64; `proficiency` f64[m, topics] 0..5, whole numbers; `capacity` f64,
    effort a member may hold open; `budget` f64, effort a member may be given in one shift.
    """

    tier: Ints
    team: Ints
    proficiency: Floats
    capacity: Floats
    budget: Floats
    shifts: Shifts

    def __len__(self) -> int:
        return len(self.tier)


@dataclass(frozen=True, slots=True)
class Tickets:
    """`n` tickets in order of arrival.

    `topic`, `priority` 1..4, `difficulty` 1..3 (what it truly needs), `graded` 1..3 (what the dispatcher believes) i64;
    `effort` f64, the true work of someone of middling skill; `planned` f64, the effort the dispatcher expects;
    `customer` f64, how long the customer is waited for in all; `live` bool, begun while the customer is there;
    `respond_by`, `resolve_by` f64, promised moments; `ease` f64[n, 2], parameters (a, b) of the Beta distribution of
    the chance that someone of the right tier solves it rather than passing it sideways.
    """

    arrival: Floats
    topic: Ints
    priority: Ints
    difficulty: Ints
    graded: Ints
    effort: Floats
    planned: Floats
    customer: Floats
    live: Bools
    respond_by: Floats
    resolve_by: Floats
    ease: Floats

    def __len__(self) -> int:
        return len(self.arrival)


def _flat() -> Floats:
    return np.zeros((3, ENDS, OPENINGS, 2))


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How people work.

    `takeup` f64[3, 2, q]: quantiles, by tier and whether it is a later stint, of the minutes a queued ticket waits
    until somebody begins; `direct` f64[3]: the share of later stints that began at once. `dormant` f64[3, ends,
    openings, q]: quantiles of the minutes a ticket lies in hand unworked. Both are multiplied by `takeup_scale` and
    `dormant_scale` f64[3].
    `odds` f64[6] multiplies the odds of solving by proficiency; `pace` f64[6] multiplies effort by proficiency.
    `spread` is the standard deviation of the log of effort around what is expected (mean kept). `tried` is the share of
    the effort spent before a ticket is passed on. `reopening` is the chance that a solution does not hold.
    `allowance`: minutes someone stays to finish. `beat`: minutes between two rounds of dispatch.
    """

    takeup: Floats = field(default_factory=lambda: np.zeros((3, 2, 2)))
    direct: Floats = field(default_factory=lambda: np.zeros(3))
    dormant: Floats = field(default_factory=_flat)
    takeup_scale: Floats = field(default_factory=lambda: np.ones(3))
    dormant_scale: Floats = field(default_factory=lambda: np.ones(3))
    odds: Floats = field(default_factory=lambda: np.ones(LEVELS))
    pace: Floats = field(default_factory=lambda: np.ones(LEVELS))
    spread: float = 0.0
    tried: float = 0.5
    reopening: float = 0.0
    allowance: float = 15.0
    beat: float = 0.1
    most_stints: int = 12


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that can be simulated."""

    staff: Staff
    tickets: Tickets
    behaviour: Behaviour = field(default_factory=Behaviour)


def plain_tickets(arrival: Floats, effort: Floats, **changes: Ints | Floats | Bools) -> Tickets:
    """Make tickets of one topic and difficulty 1 that always succeed, changed by `changes`; for tests and what-ifs."""
    n = len(arrival)
    ones = np.ones(n, dtype=np.int64)
    facts: dict[str, Any] = {
        "topic": np.zeros(n, dtype=np.int64),
        "priority": 2 * ones,
        "difficulty": ones,
        "graded": ones,
        "planned": np.ones(n),
        "customer": np.zeros(n),
        "live": np.zeros(n, dtype=bool),
        "respond_by": np.full(n, inf),
        "resolve_by": np.full(n, inf),
        "ease": np.tile([1e9, 1e-9], (n, 1)),
    }
    return Tickets(arrival=arrival, effort=effort, **(facts | changes))
