"""A team as arrays: who holds which position, can do what, is there when, and which duty says who takes what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fengong.engine.coverage import checks

WEEK = 168
DIFFICULTIES = 3

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Part(StrEnum):
    """The part a position has in a duty (RACI). The first two do the work, so they cover; the others do not."""

    RESPONSIBLE = "responsible"
    ACCOUNTABLE = "accountable"
    CONSULTED = "consulted"
    INFORMED = "informed"


@dataclass(frozen=True, eq=False)
class Duty:
    """One line of a duty list: this position has this part for these topics, difficulties and channels at these hours.

    `position`: a column of `Team.positions`. `topics`, `difficulties` (1 to 3), `channels`: None for all of them.
    `hours` bool[168]: hours of the week since Monday 0:00; None for always.
    """

    position: int
    topics: tuple[int, ...] | None = None
    difficulties: tuple[int, ...] | None = None
    channels: tuple[int, ...] | None = None
    hours: Flags | None = None
    part: Part = Part.RESPONSIBLE

    def __post_init__(self) -> None:
        checks.whole("position", self.position)
        for name in ("topics", "difficulties", "channels"):
            chosen = getattr(self, name)
            if chosen is not None:
                object.__setattr__(self, name, checks.positions(name, chosen))
        checks.within("difficulties", self.difficulties, range(1, DIFFICULTIES + 1))
        object.__setattr__(self, "part", checks.one_of("part", self.part, Part))
        if self.hours is not None:
            object.__setattr__(self, "hours", checks.flags("hours", self.hours, (WEEK,)))

    @property
    def works(self) -> bool:
        """Whether who has this duty does the work."""
        return self.part in (Part.RESPONSIBLE, Part.ACCOUNTABLE)

    @cached_property
    def weekly(self) -> Flags:
        """bool[168]: the hours of the week it speaks of."""
        return np.ones(WEEK, dtype=np.bool_) if self.hours is None else self.hours

    def cells(self, topics: int, channels: int) -> Flags:
        """bool[topics, 3, channels]: the cells it speaks of."""
        axes = (
            _chosen(self.topics, topics),
            _chosen(None if self.difficulties is None else [d - 1 for d in self.difficulties], DIFFICULTIES),
            _chosen(self.channels, channels),
        )
        return np.logical_and.outer(np.logical_and.outer(axes[0], axes[1]), axes[2])


def _chosen(chosen: Iterable[int] | None, size: int) -> Flags:
    if chosen is None:
        return np.ones(size, dtype=np.bool_)
    made = np.zeros(size, dtype=np.bool_)
    made[list(chosen)] = True
    return made


@dataclass(frozen=True)
class Rules:
    """What counts as skilled, as too many, and as too much on one person.

    `needed`: the least proficiency for difficulty 1, 2, 3. `sure`: how many standard deviations below the estimate
    still have to reach it (0: the estimate itself). `most_accountable`: how many positions may be accountable for one
    cell at one hour; `most_responsible`: how many may do its work (be either); None for any number. `most_share`: the
    share of a topic's covered demand one member may carry, split in proportion to the capacity of those who cover.
    """

    needed: tuple[float, float, float] = (1.0, 2.0, 3.0)
    sure: float = 0.0
    most_accountable: int | None = 1
    most_responsible: int | None = None
    most_share: float = 0.5

    def __post_init__(self) -> None:
        if len(self.needed) != DIFFICULTIES:
            raise ValueError(f"needed must have {DIFFICULTIES} numbers, not {len(self.needed)}")
        for level in self.needed:
            checks.above_zero("needed", level)
        checks.not_negative("sure", self.sure)
        for name in ("most_accountable", "most_responsible"):
            if getattr(self, name) is not None:
                checks.whole(name, getattr(self, name))
        if not 0 < self.most_share <= 1:
            raise ValueError(f"most_share must lie above 0 and at most at 1, not {self.most_share!r}")


@dataclass(frozen=True, eq=False)
class Team:
    """Everything coverage depends on; M members, P positions, T topics, C channels, H hours.

    `capacity` f[M]: effort per hour when there, above 0. `positions` bool[M, P]: who holds which. `proficiency`
    f[M, T]: 0 for none, else 1 to 5; `uncertainty` f[M, T]: its standard deviation, None for 0. `roster` bool or
    f[M, H]: the share of each hour somebody is on shift, 0 to 1; `breaks` f[M, H]: the share of it spent on a break.
    Hour 0 is hour `start` of a week (0: Monday 0:00 to 1:00). `channels`: C. `demand` f[T, 3, C, H]: effort expected in
    each hour, None where nothing is known: then each cell counts 1 an hour. `open` bool[C, H]: when a channel is served
    at all, None for always; what is not served needs no cover, and no effort may be expected there.
    ValueError, which names the argument, where a shape or a number is wrong.
    """

    capacity: Floats
    positions: Flags
    proficiency: Floats
    duties: tuple[Duty, ...]
    roster: Floats
    channels: int = 1
    uncertainty: Floats | None = None
    breaks: Floats | None = None
    demand: Floats | None = None
    open: Flags | None = None
    start: int = 0
    rules: Rules = field(default_factory=Rules)

    def __post_init__(self) -> None:
        checks.whole("channels", self.channels, 1)
        checks.within("start", (checks.whole("start", self.start),), range(WEEK))
        for name, made in _members(self).items():
            object.__setattr__(self, name, made)
        for name, made in _work(self).items():
            object.__setattr__(self, name, made)
        object.__setattr__(self, "duties", tuple(self.duties))
        for duty in self.duties:
            checks.within("position of a duty", (duty.position,), range(self.positions.shape[1]))
            checks.within("topics of a duty", duty.topics, range(self.topics))
            checks.within("channels of a duty", duty.channels, range(self.channels))

    @property
    def members(self) -> int:
        """How many members."""
        return len(self.capacity)

    @property
    def topics(self) -> int:
        """How many topics."""
        return int(self.proficiency.shape[1])

    @property
    def hours(self) -> int:
        """How many hours the horizon has."""
        return int(self.roster.shape[1])

    @cached_property
    def share(self) -> Floats:
        """f[M, H]: the share of each hour that is worked."""
        return self.roster if self.breaks is None else np.maximum(0.0, self.roster - self.breaks)

    @cached_property
    def present(self) -> Flags:
        """bool[M, H]: who works at least a part of the hour."""
        return np.asarray(self.share > 0)

    @cached_property
    def able(self) -> Floats:
        """f[M, T]: the proficiency one may rely on; 0 where there is none."""
        doubt = 0.0 if self.uncertainty is None else self.rules.sure * self.uncertainty
        return np.where(self.proficiency > 0, self.proficiency - doubt, 0.0)

    @cached_property
    def week_hours(self) -> Ints:
        """int[H]: the hour of the week of each hour of the horizon."""
        return np.asarray((np.arange(self.hours) + self.start) % WEEK)


def _members(team: Team) -> dict[str, Floats | Flags]:
    """What is known of members, as arrays of the right kind."""
    capacity = checks.numbers("capacity", team.capacity, (None,))
    if not (capacity > 0).all():
        raise ValueError("capacity must be above 0; who is not there is so by the roster")
    people = len(capacity)
    made: dict[str, Floats | Flags] = {}
    made |= {"capacity": capacity, "positions": checks.flags("positions", team.positions, (people, None))}
    made["proficiency"] = checks.numbers("proficiency", team.proficiency, (people, None), most=5.0)
    made["roster"] = checks.numbers("roster", team.roster, (people, None), most=1.0)
    if team.breaks is not None:
        made["breaks"] = checks.numbers("breaks", team.breaks, made["roster"].shape, most=1.0)
    if team.uncertainty is not None:
        made["uncertainty"] = checks.numbers("uncertainty", team.uncertainty, made["proficiency"].shape)
    return made


def _work(team: Team) -> dict[str, Floats | Flags]:
    """What is known of the work, as arrays of the right kind."""
    made: dict[str, Floats | Flags] = {}
    served = None if team.open is None else checks.flags("open", team.open, (team.channels, team.hours))
    if served is not None:
        made["open"] = served
    if team.demand is not None:
        shape = (team.topics, DIFFICULTIES, team.channels, team.hours)
        demand = checks.numbers("demand", team.demand, shape)
        made["demand"] = demand
        if served is not None and (demand.sum(axis=(0, 1))[~served] > 0).any():
            raise ValueError("demand must be 0 where open says that a channel is not served")
    return made
