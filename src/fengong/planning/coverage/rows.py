"""What coverage rests on, as plain rows: neither ORM nor engine. Changes make other rows of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from fengong.rota.reading.weeks import instant

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

WEEK = 168
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A duty that has somebody do work; ids of tables. None for all topics, difficulties, channels; no hours: always.

    `hours` are numbers of the week since Monday 0:00. `accountable` says whether it answers for the work as well.
    """

    position: int
    task: str
    topics: tuple[int, ...] | None
    difficulties: tuple[int, ...] | None
    channels: tuple[str, ...] | None
    hours: frozenset[int] | None
    accountable: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A member who takes tickets."""

    pk: int
    name: str
    position: int


@dataclass(frozen=True, eq=False)
class Rows:
    """One week. `share` f[M, 168]: the part of each hour that each works. `demand` f[T, 3, C, 168]: minutes of work
    that come in; None where nothing has come yet. `open` bool[168]: when there is anything promised at all; None for
    always. `skills` by (member, topic). `rostered`: whether anybody has a shift in the week; if not, all count as
    there. `written`: whether any duty list is in force; if not, positions count by their range of difficulty.
    """

    monday: date
    zone: str
    people: tuple[Person, ...]
    positions: tuple[int, ...]
    topics: tuple[int, ...]
    channels: tuple[str, ...]
    lines: tuple[Line, ...]
    skills: dict[tuple[int, int], float]
    share: Floats
    demand: Floats | None
    open: Flags | None
    rostered: bool
    written: bool

    @cached_property
    def place(self) -> dict[int, int]:
        """The row of each member by id."""
        return {person.pk: number for number, person in enumerate(self.people)}

    @cached_property
    def edges(self) -> list[datetime]:
        """The instants at which the hours of the week begin, and the one at which it ends."""
        return [instant(self.monday, 60 * hour, self.zone) for hour in range(WEEK + 1)]

    @property
    def ends(self) -> datetime:
        return self.edges[-1]
