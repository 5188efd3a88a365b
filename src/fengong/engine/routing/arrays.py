"""The same facts as in `situation`, as one array per field: what policies and simulations compute on.

A simulation keeps one `Pool` for its whole run and changes the arrays in place (`give`, `finish`, or
directly); each round it hands the policy a `Queue` of everything that waits. Indices are positions, not ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fengong.engine.routing.rules import Lending, Rules

Ints = NDArray[np.int64]
Small = NDArray[np.int8]
Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Flags = NDArray[np.bool_]
Assignment = tuple[Ints, Ints]  # ticket positions and, beside each, the member position

NO_PAIRS: Ints = np.empty((0, 2), dtype=np.int64)
_UNSAID: Ints = np.empty(0, dtype=np.int64)
_NOBODY: Flags = np.empty(0, dtype=np.bool_)
NO_LIMIT = Lending()
AMPLE = 1 << 40  # tickets at once: no limit


def _never(count: int) -> Floats:
    return np.full(count, -np.inf)


@dataclass(slots=True)
class Pool:
    """Members, m of them.

    ids i64[m] · tier i8[m] 1..3 · proficiency f32[m, topics], 0 = none, else 1..5 · load, capacity, given
    f64[m] minutes of effort · present bool[m] · off_at, idle_since, last_given f64[m] minutes since the
    caller's epoch · team i64[m] counted from 1, 0 = none · held, slots i64[m, channels]: tickets open, and at most
    open at once, per channel; most i64[m]: at most over all channels · idled f64[m] idle minutes before the present
    ones. `proficiency` is read by topic, so column-major memory (order="F", as `Pool.of` makes it) is the fast one.
    """

    ids: Ints
    tier: Small
    proficiency: Singles
    load: Floats
    capacity: Floats
    present: Flags
    off_at: Floats
    idle_since: Floats
    given: Floats
    last_given: Floats
    team: Ints
    held: Ints
    slots: Ints
    most: Ints
    idled: Floats

    @classmethod
    def of(
        cls, ids: Sequence[int] | Ints, tier: Sequence[int] | Small, proficiency: Singles, channels: int = 1
    ) -> Pool:
        """A pool of absent, empty-handed members without capacity, of no team and without a limit on tickets; fill the
        other arrays in place.
        """
        count = len(ids)
        return cls(
            ids=np.asarray(ids, dtype=np.int64),
            tier=np.asarray(tier, dtype=np.int8),
            proficiency=np.asfortranarray(proficiency, dtype=np.float32),
            load=np.zeros(count),
            capacity=np.zeros(count),
            present=np.zeros(count, dtype=np.bool_),
            off_at=np.full(count, np.inf),
            idle_since=_never(count),
            given=np.zeros(count),
            last_given=_never(count),
            team=np.zeros(count, dtype=np.int64),
            held=np.zeros((count, channels), dtype=np.int64),
            slots=np.full((count, channels), AMPLE, dtype=np.int64),
            most=np.full(count, AMPLE, dtype=np.int64),
            idled=np.zeros(count),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def give(self, members: Ints | int, effort: Floats | float, now: float) -> None:
        """Books `effort` minutes on `members` (positions, repeats allowed) at `now`. `held` is the caller's."""
        np.add.at(self.load, members, effort)
        np.add.at(self.given, members, effort)
        self.idle_since[members] = now
        self.last_given[members] = now

    def finish(self, member: int, effort: float, now: float) -> None:
        """Takes `effort` minutes off one member; rounding never leaves a load below zero."""
        self.load[member] = max(0.0, float(self.load[member]) - effort)
        self.idle_since[member] = now


@dataclass(slots=True)
class Queue:
    """Waiting tickets, k of them.

    ids, topic i64[k] (topic = column of the pool's proficiency) · difficulty, priority, tier i8[k] · effort
    f64[k] minutes · waiting_since, due_at f64[k] · last_member i64[k] member position or -1 · barred i64[b,
    2] rows of (ticket position, member position) · channel i64[k], column of the pool's slots · team i64[k] it belongs
    to, counted from 1, 0 = any.
    """

    ids: Ints
    topic: Ints
    difficulty: Small
    priority: Small
    tier: Small
    effort: Floats
    waiting_since: Floats
    due_at: Floats
    last_member: Ints
    barred: Ints = field(default_factory=lambda: NO_PAIRS)
    channel: Ints = field(default_factory=lambda: _UNSAID)
    team: Ints = field(default_factory=lambda: _UNSAID)

    def __post_init__(self) -> None:
        """All of the first channel and of no team, unless they are said to be."""
        if len(self.channel) != len(self.ids):
            self.channel = np.zeros(len(self.ids), dtype=np.int64)
        if len(self.team) != len(self.ids):
            self.team = np.zeros(len(self.ids), dtype=np.int64)

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, positions: Ints) -> Queue:
        """The queue of just these positions, in this order."""
        return Queue(
            ids=self.ids[positions],
            topic=self.topic[positions],
            difficulty=self.difficulty[positions],
            priority=self.priority[positions],
            tier=self.tier[positions],
            effort=self.effort[positions],
            waiting_since=self.waiting_since[positions],
            due_at=self.due_at[positions],
            last_member=self.last_member[positions],
            barred=self._barred_among(positions),
            channel=self.channel[positions],
            team=self.team[positions],
        )

    def _barred_among(self, positions: Ints) -> Ints:
        if not len(self.barred):
            return NO_PAIRS
        place = np.full(len(self), -1, dtype=np.int64)
        place[positions] = np.arange(len(positions))
        rows = np.column_stack((place[self.barred[:, 0]], self.barred[:, 1]))
        return rows[rows[:, 0] >= 0]


def lending(pool: Pool, queue: Queue, now: float, rules: Rules) -> Flags:
    """Per team, with team 0 for none, whether it can spare members now, bool[teams]; see `rules.Lending`."""
    teams = 1 + max(int(pool.team.max(initial=0)), int(queue.team.max(initial=0)))
    if rules.lending == NO_LIMIT or teams == 1:
        return np.ones(teams, dtype=np.bool_)
    staff = np.bincount(pool.team[pool.present], minlength=teams)
    waiting = np.bincount(queue.team, minlength=teams)
    risky = queue.due_at < queue.effort + (now + rules.patience)
    at_risk = np.bincount(queue.team[risky], minlength=teams)
    crowded = waiting > rules.lending.waiting * np.maximum(
        1, staff
    )  # where nobody is, there is nobody to lend
    spared: Flags = ~crowded & (at_risk <= rules.lending.at_risk)
    return spared


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything one call of a policy looks at. `lends` is worked out from the rest; a part of the scene keeps it."""

    pool: Pool
    queue: Queue
    now: float
    rules: Rules
    lends: Flags = field(default_factory=lambda: _NOBODY)

    def __post_init__(self) -> None:
        if not len(self.lends):
            object.__setattr__(self, "lends", lending(self.pool, self.queue, self.now, self.rules))
