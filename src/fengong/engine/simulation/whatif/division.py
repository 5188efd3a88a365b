"""A division of labour: a policy with its rules, and how the team differs from the desk's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.changes import Change, changed
from fengong.engine.simulation.desk import Ints, Staff
from fengong.engine.simulation.shifts import DAY, Shifts, Span

_FAR = 10_000 * DAY  # minutes before and after anything that happens
AWAY: Span = (540.0 - _FAR, 1020.0 - _FAR)
"""A shift long past, for who is not there: no shift at all would mean always there."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who joins. `key`: any number from the size of the staff on; the same in two divisions, the same person.

    `like` says what the newcomer is like; its `member` stays None. Without `spans` the newcomer is always there.
    """

    key: int
    like: Change


@dataclass(frozen=True, slots=True)
class Absence:
    """A member is not there from `first` to `until`, minutes."""

    member: int
    first: float
    until: float


@dataclass(frozen=True, slots=True)
class Move:
    """A member's shifts all begin and end `by` minutes later; earlier if it is negative."""

    member: int
    by: float


@dataclass(frozen=True, slots=True)
class Division:
    """Who does what. Members are called by their place in the desk's staff, newcomers by their key.

    `changes` give tier, skills, capacity or hours of members anew; `leavers` are gone from the beginning.
    """

    policy: str
    rules: Rules = field(default_factory=Rules)
    changes: tuple[Change, ...] = ()
    newcomers: tuple[Newcomer, ...] = ()
    leavers: frozenset[int] = frozenset()
    absences: tuple[Absence, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a division: `keys` i64[m] says who stands at each place of `staff`."""

    staff: Staff
    keys: Ints


def team(staff: Staff, division: Division) -> Team:
    """Return the people of the division.

    Raises ValueError for a member who is not there, a newcomer whose key is taken, or a team of nobody.
    """
    keys = [*range(len(staff)), *(newcomer.key for newcomer in division.newcomers)]
    if len(set(keys)) != len(keys):
        raise ValueError("a newcomer's key must be a number from the size of the staff on, each once")
    place = {key: at for at, key in enumerate(keys)}
    bigger = changed(staff, [*division.changes, *(one.like for one in division.newcomers)], only=False)
    spans = [
        list(zip(*ends, strict=True)) for ends in zip(bigger.shifts.starts, bigger.shifts.ends, strict=True)
    ]
    for move in division.moves:
        at = _at(place, move.member)
        spans[at] = [(start + move.by, end + move.by) for start, end in spans[at]]
    for absence in division.absences:
        at = _at(place, absence.member)
        spans[at] = _without(spans[at], absence.first, absence.until)
    bigger = replace(bigger, shifts=Shifts.of(spans))
    gone = {_at(place, member) for member in division.leavers}
    stay = np.array([at for at in range(len(keys)) if at not in gone], dtype=np.int64)
    if not len(stay):
        raise ValueError("nobody is left")
    return Team(_only(bigger, stay), np.array(keys, dtype=np.int64)[stay])


def _at(place: dict[int, int], member: int) -> int:
    if member not in place:
        raise ValueError(f"there is no member {member}")
    return place[member]


def _without(spans: Sequence[Span], first: float, until: float) -> list[Span]:
    """Cut a time out of shifts; no shifts at all mean always."""
    whole = spans or [(-_FAR, _FAR)]
    parts = [part for a, b in whole for part in ((a, min(b, first)), (max(a, until), b)) if part[1] > part[0]]
    return parts or [AWAY]


def _only(staff: Staff, stay: Ints) -> Staff:
    places = stay.tolist()
    shifts = Shifts(
        tuple(staff.shifts.starts[at] for at in places), tuple(staff.shifts.ends[at] for at in places)
    )
    return Staff(
        tier=staff.tier[stay],
        team=staff.team[stay],
        proficiency=staff.proficiency[stay],
        capacity=staff.capacity[stay],
        budget=staff.budget[stay],
        shifts=shifts,
    )
