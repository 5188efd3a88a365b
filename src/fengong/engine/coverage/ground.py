"""What all topics share: presence as matrices, and the duty list over the distinct times of a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fengong.engine.coverage.team import DIFFICULTIES, Flags, Floats, Ints, Team

FEW = 4096  # below this many members, sums of their numbers are exact in single precision

Matrix = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Presence:
    """Who is there. `numbered` f[M, 2H]: presence, and presence times the member's number: their sums over those who
    cover an hour are how many they are and, where it is one, who. `working` f[M, H]: effort a member can do in it.
    """

    numbered: Matrix
    working: Floats


@dataclass(frozen=True, eq=False)
class Lists:
    """The duty list, N distinct times of the week. `speaks` bool[T, 3C, D]: which duty is about which cell. `weekly`
    bool[D, N]; `time_of` int[168]; `worked` and `answered` bool[D]: who has it works; is accountable.
    """

    speaks: Flags
    weekly: Flags
    time_of: Ints
    worked: Flags
    answered: Flags
    position: Ints


@dataclass(frozen=True, eq=False)
class Ground:
    """The team, and what is made of it once for all topics. `served` int[C]: channels served at the same hours share a
    number, the row of `serving` bool[n, H]. `time` int[H]: the distinct time of each hour of the horizon.
    """

    team: Team
    presence: Presence
    lists: Lists
    served: Ints
    serving: Flags
    time: Ints


def grounded(team: Team, before: Ground | None = None) -> Ground:
    """What topics share; parts of `before` are kept where they rest on the very same arrays."""
    old = before.team if before else None
    same_people = old is not None and _same(team, old, ("capacity", "roster", "breaks"))
    same_lists = old is not None and _same(team, old, ("duties", "proficiency_shape", "channels"))
    same_doors = old is not None and _same(team, old, ("open", "channels", "hours"))
    presence = before.presence if before and same_people else _presence(team)
    lists = before.lists if before and same_lists else _lists(team)
    served, serving = (before.served, before.serving) if before and same_doors else _doors(team)
    return Ground(team, presence, lists, served, serving, lists.time_of[team.week_hours])


def _same(one: Team, other: Team, names: tuple[str, ...]) -> bool:
    for name in names:
        if name in ("hours", "channels"):
            same = getattr(one, name) == getattr(other, name)
        elif name == "proficiency_shape":
            same = one.proficiency.shape == other.proficiency.shape
        else:
            same = getattr(one, name) is getattr(other, name)
        if not same:
            return False
    return True


def _presence(team: Team) -> Presence:
    kind: type[np.floating[Any]] = np.float32 if team.members < FEW else np.float64
    present: Matrix = np.asarray(team.present, dtype=kind)
    numbers: Matrix = np.arange(team.members).astype(kind)[:, None]
    return Presence(np.hstack((present, present * numbers)), team.share * team.capacity[:, None])


def _lists(team: Team) -> Lists:
    duties, cells = team.duties, DIFFICULTIES * team.channels
    speaks = np.zeros((team.topics, cells, len(duties)), dtype=np.bool_)
    weekly = np.zeros((len(duties), 168), dtype=np.bool_)
    for number, duty in enumerate(duties):
        speaks[:, :, number] = duty.cells(team.topics, team.channels).reshape(team.topics, cells)
        weekly[number] = duty.weekly
    times, time_of = np.unique(np.packbits(weekly, axis=0), axis=1, return_inverse=True)
    distinct = np.zeros((len(duties), times.shape[1] if len(duties) else 1), dtype=np.bool_)
    time_of = time_of.reshape(-1) if len(duties) else np.zeros(168, dtype=np.int64)
    distinct[:, time_of] = weekly
    worked = np.array([duty.works for duty in duties], dtype=np.bool_)
    answered = np.array([duty.part == "accountable" for duty in duties], dtype=np.bool_)
    position = np.array([duty.position for duty in duties], dtype=np.int64)
    return Lists(speaks, distinct, np.asarray(time_of, dtype=np.int64), worked, answered, position)


def _doors(team: Team) -> tuple[Ints, Flags]:
    if team.open is None:
        return np.zeros(team.channels, dtype=np.int64), np.ones((1, team.hours), dtype=np.bool_)
    serving, served = np.unique(team.open, axis=0, return_inverse=True)
    return np.asarray(served.reshape(-1), dtype=np.int64), serving
