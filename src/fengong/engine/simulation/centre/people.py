"""Who does the work: groups of people who are alike, when they are there, and how they behave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from fengong.engine.routing.rules import ThreeLevels

SixLevels = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shift:
    """Minutes of the cycle: at work from `start` to `end`, but for `breaks` (from, to) inside, in order."""

    start: float
    end: float
    breaks: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        edges = [self.start, *(edge for pause in self.breaks for edge in pause), self.end]
        if edges[0] < 0 or any(b <= a for a, b in pairwise(edges)):
            raise ValueError("a shift starts, has its breaks in order and apart, and ends")


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many of a group are there, by period: `counts[p]` in period p of `period` minutes, again from the start after
    the last. Where the number falls the idle go first; then whoever finishes next, until it is reached.
    """

    counts: tuple[int, ...]
    period: float

    def __post_init__(self) -> None:
        if not self.counts or min(self.counts) < 0 or not 0 < self.period < inf:
            raise ValueError("a headcount has counts of zero or more and a positive, finite period")


@dataclass(frozen=True, slots=True)
class Group:
    """`count` people who are alike.

    `skills` topic -> proficiency 1..5 · `tier` 1..3 · `pace` multiplies the minutes of every ticket (1.25: a quarter
    slower), or per topic; `strain` does the same by difficulty 1, 2, 3 · `slots` tickets open at once, per channel if a
    tuple, and at `most` so many over all (None: the sum) · `capacity` minutes of effort held open at once; None: only
    the slots count · `team` from 1, 0: none · `shifts` in the model's `cycle`; none: always there unless `headcount`
    says otherwise · `absence` chance that a person does not come to a shift; several: by the day of the run, and again
    from the first after the last.
    """

    count: int
    skills: Mapping[int, float]
    tier: int = 1
    pace: float | Mapping[int, float] = 1.0
    strain: ThreeLevels = (1.0, 1.0, 1.0)
    slots: int | tuple[int, ...] = 1
    most: int | None = None
    capacity: float | None = None
    team: int = 0
    shifts: tuple[Shift, ...] = ()
    headcount: Headcount | None = None
    absence: float | tuple[float, ...] = 0.0

    def __post_init__(self) -> None:
        if self.count < 1 or not 1 <= self.tier <= 3 or not self.skills:
            raise ValueError("a group has people, a tier 1..3 and skills")
        if not all(topic >= 0 and 0 < level <= 5 for topic, level in self.skills.items()):
            raise ValueError("skills are topics from 0 with a proficiency above 0 and up to 5")
        paces = self.pace.values() if isinstance(self.pace, Mapping) else (self.pace,)
        if not all(0 < pace < inf for pace in (*paces, *self.strain)):
            raise ValueError("pace and strain are positive")
        if self.shifts and self.headcount:
            raise ValueError("a group has shifts or a headcount, not both")
        if not all(0 <= chance <= 1 for chance in self.absences):
            raise ValueError("absence is a chance")
        if self.headcount and max(self.headcount.counts) > self.count:
            raise ValueError("no headcount is above the count")

    @property
    def absences(self) -> tuple[float, ...]:
        """The chances by day."""
        return self.absence if isinstance(self.absence, tuple) else (self.absence,)

    def slots_of(self, channel: int) -> int:
        """Tickets open at once on this channel."""
        if isinstance(self.slots, int):
            return self.slots
        return self.slots[channel] if channel < len(self.slots) else 0


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How people work; as it stands everybody simply does one thing after the other, always at the same pace.

    `slowdown`: with n tickets in work at once each of them goes at the speed 1 / (1 + slowdown (n - 1)); 1 is time
    shared equally, 0 no loss · `hold`: share of a ticket's effort, in the load, while its customer is waited for; its
    slot stays taken if above 0 · `failure[g]`: chance to fail on a ticket whose difficulty is g above the own tier,
    0..2 · `failure_at[p]`: the same by proficiency 0..5, linear between; both apart · `tried`: share of the effort
    spent before failing.

    `growth`: part of the way to proficiency 5 gone with each ticket solved on a topic · `fading`: part of what was
    grown that is lost per day · `speed[p]`: minutes a ticket takes at proficiency 0..5, linear between, beside those at
    the proficiency the run began with.

    `fatigue`: a ticket begun h hours of work after the last break takes 1 + fatigue h times as long · `pausing`: at a
    break or the end of a shift the work in hand rests until the person is back; else it is finished first · `guarded`:
    dispatch knows when a shift ends.

    Who may break into whose work is not a habit but a rule of dispatch (`rules.Interrupting`): what is put down rests
    with its person and is gone on with afterwards.
    """

    slowdown: float = 0.0
    hold: float = 1.0
    failure: ThreeLevels = (0.0, 0.0, 0.0)
    failure_at: SixLevels = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    tried: float = 0.5
    growth: float = 0.0
    fading: float = 0.0
    speed: SixLevels = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    fatigue: float = 0.0
    pausing: bool = False
    guarded: bool = True

    def __post_init__(self) -> None:
        shares = (self.hold, self.tried, self.growth, self.fading, *self.failure, *self.failure_at)
        if not all(0 <= share <= 1 for share in shares):
            raise ValueError("hold, tried, growth, fading and chances of failure are between 0 and 1")
        if min(self.slowdown, self.fatigue) < 0 or min(self.speed) <= 0:
            raise ValueError("slowdown and fatigue are not negative, speed is positive")


def everyone(count: int, *, topics: int = 1, slots: int = 1) -> tuple[Group, ...]:
    """One group that knows every topic at proficiency 3 and is always there: the servers of M/M/c."""
    return (Group(count, dict.fromkeys(range(topics), 3.0), slots=slots),)
