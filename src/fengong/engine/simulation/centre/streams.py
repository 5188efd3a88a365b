"""What comes in: kinds of tickets, each with its arrivals, its work and its customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np

from fengong.engine.routing.arrays import Floats
from fengong.engine.simulation.centre.durations import Duration, at_once, never


@dataclass(frozen=True, slots=True)
class Rates:
    """Poisson arrivals whose rate is constant within each period and begins anew after the last.

    `per_minute[p]` arrivals a minute in period p of `period` minutes. `busyness` is the shape of a gamma factor of mean
    1, drawn for each `day` (minutes), which multiplies the rate of that day (variance 1/busyness); inf: none. Streams
    of one `family` have the same factor. Arrivals are made by exact inversion of the cumulative rate (Çinlar 1975,
    ch. 4). With busyness, a day is a whole number of periods.
    """

    per_minute: tuple[float, ...]
    period: float = inf
    busyness: float = inf
    day: float = 1440.0
    family: int = 0

    def __post_init__(self) -> None:
        if not self.per_minute or min(self.per_minute) < 0 or max(self.per_minute) == inf:
            raise ValueError("arrivals need one or more rates, finite and not negative")
        if max(self.per_minute) == 0:
            raise ValueError("a stream that never comes: leave it out")
        if (len(self.per_minute) > 1 and self.period == inf) or not self.period > 0:
            raise ValueError("several rates need the length of a period")
        if not self.busyness > 0 or not 0 < self.day < inf:
            raise ValueError("busyness and day must be positive")
        if inf not in (self.busyness, self.period) and abs(self.day / self.period % 1.0) > 1e-9:
            raise ValueError("with busyness, a day must be a whole number of periods")

    @classmethod
    def constant(cls, per_minute: float) -> Rates:
        """The same rate for ever."""
        return cls((float(per_minute),))

    @classmethod
    def by_period(cls, per_minute: Sequence[float], period: float, *, busyness: float = inf) -> Rates:
        """One rate per period; busyness as above, a day being all periods once."""
        return cls(tuple(map(float, per_minute)), period, busyness, day=period * len(per_minute))


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Arrivals as recorded: `times` f64[n], ascending; `effort` f64[n] minutes if known, instead of the stream's."""

    times: Floats
    effort: Floats | None = None

    def __post_init__(self) -> None:
        if not len(self.times) or np.any(np.diff(self.times) < 0):
            raise ValueError("a trace has times in ascending order")
        if self.effort is not None and len(self.effort) != len(self.times):
            raise ValueError("a trace has one effort per time, or none")


@dataclass(frozen=True, slots=True)
class Stream:
    """Tickets of one kind.

    `topic` from 0 · `team` it belongs to, 0: any · `difficulty` 1..3, what it truly needs; `graded` 1..3, what triage
    believes (None: the truth) · `tier` 1..3 that gets it first (None: the graded difficulty) · `priority` 1..4 ·
    `channel` from 0 · `effort` minutes of work of somebody of pace 1 · `planned` minutes that dispatch expects (None:
    the mean) · `patience` minutes a customer waits for an answer before giving up · `promise` minutes within which it
    is to be answered.

    `retry`: chance that who gave up, or was turned away, contacts again, after `retry_after`. `reopening`: chance that
    a solution does not hold; the ticket is back after `reopening_after`, with `reopened_effort` of a fresh effort.
    `awaits`: chance that the work halts, at a share `halt` of it, because the customer is asked something; the answer
    takes `answer_after`.
    """

    arrivals: Rates | Trace
    effort: Duration
    topic: int = 0
    team: int = 0
    difficulty: int = 1
    graded: int | None = None
    tier: int | None = None
    priority: int = 2
    channel: int = 0
    planned: float | None = None
    patience: Duration = field(default_factory=never)
    promise: float = inf
    retry: float = 0.0
    retry_after: Duration = field(default_factory=at_once)
    reopening: float = 0.0
    reopening_after: Duration = field(default_factory=at_once)
    reopened_effort: float = 1.0
    awaits: float = 0.0
    halt: float = 0.5
    answer_after: Duration = field(default_factory=at_once)

    def __post_init__(self) -> None:
        levels = (self.difficulty, self.graded or 1, self.tier or 1)
        if not all(1 <= level <= 3 for level in levels) or not 1 <= self.priority <= 4:
            raise ValueError("difficulty, graded and tier are 1..3, priority is 1..4")
        if min(self.topic, self.channel, self.team) < 0:
            raise ValueError("topics and channels are counted from 0, teams from 1")
        chances = (self.retry, self.reopening, self.awaits, self.halt)
        if not all(0 <= chance <= 1 for chance in chances) or self.reopening == 1:
            raise ValueError("chances are between 0 and 1, and some solutions must hold")
        if not 0 < self.planned_effort < inf or not self.reopened_effort >= 0:
            raise ValueError("the effort dispatch expects must be positive and finite")

    @property
    def planned_effort(self) -> float:
        """The minutes dispatch counts with."""
        return self.effort.mean if self.planned is None else self.planned
