"""What is to be compared: two sides, by which groups, over the history or a forecast. Times of day in minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from fengong.planning.whatif.problems import Place


@dataclass(frozen=True, slots=True)
class Who:
    """Members by name, by team, or by both; `place` is where the file names them."""

    place: Place
    name: str | None = None
    team: str | None = None

    def shown(self) -> str:
        """The name as the file has it."""
        return " · ".join(part for part in (self.name, self.team) if part)


@dataclass(frozen=True, slots=True)
class ToTier:
    """Somebody works in another tier."""

    who: Who
    tier: int


@dataclass(frozen=True, slots=True)
class Skill:
    """Somebody knows a topic as well as `level` 1 to 5 says, or not at all: 0."""

    who: Who
    topic: str
    level: int
    place: Place


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is not there on these days, both included."""

    who: Who
    first: date
    last: date
    place: Place


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours: from and until in minutes of the day (until may pass midnight), on these weekdays, Monday 0."""

    start: float
    end: float
    days: tuple[int, ...] = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Shifted:
    """Somebody's shifts move by minutes, or become other hours altogether."""

    who: Who
    by: float | None = None
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Joins:
    """Somebody who is new. Skills by topic; where nothing is said, what is usual in the tier."""

    place: Place
    name: str
    tier: int
    hours: Hours
    skills: tuple[tuple[str, int, Place], ...] = ()
    capacity: float | None = None
    per_shift: float | None = None


@dataclass(frozen=True, slots=True)
class Dial:
    """One rule of dispatch set to a number; `weight` tells whether it is one of the weights."""

    name: str
    value: float
    weight: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Side:
    """One division of labour, as it differs from what the log shows."""

    place: Place
    policy: str
    dials: tuple[Dial, ...] = ()
    tiers: tuple[ToTier, ...] = ()
    skills: tuple[Skill, ...] = ()
    away: tuple[Away, ...] = ()
    shifted: tuple[Shifted, ...] = ()
    joins: tuple[Joins, ...] = ()
    leaves: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """Tickets to expect: what came in the last `measured` weeks (all when None), times `factor`, for `weeks` weeks.

    `busyness` is the variance of how busy days are, measured when None; `topics` have factors of their own.
    """

    place: Place
    factor: float = 1.0
    weeks: int = 4
    measured: int | None = None
    busyness: float | None = None
    topics: tuple[tuple[str, float, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario file, checked as far as it can be without the log. `groups`: topic, priority or a hint's column."""

    path: Path
    before: Side
    after: Side
    groups: str = "topic"
    groups_place: Place = field(default=Place(1, 1))
    demand: Demand | None = None
