"""An event log as arrays, in one canonical order.

Times are minutes since an epoch the caller picks, in the log's own local time; the epoch is a Monday 00:00, so that
`time % WEEK` is the minute of the week.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DAY = 1440.0
WEEK = 7 * DAY


class State(IntEnum):
    """What a row says about its case from that moment on."""

    IGNORED = 0
    QUEUED = 1  # waits for someone of a team
    ASSIGNED = 2  # has an owner who has not begun
    ACTIVE = 3  # someone works on it
    CUSTOMER = 4  # its owner waits for the customer
    HELD = 5  # its owner waits for someone else
    RESOLVED = 6
    CLOSED = 7


@dataclass(frozen=True, slots=True)
class EventLog:
    """`n` events of `len(cases)` cases, sorted by case, then time, then place in the source.

    `case`, `person`, `team` (i64[n]; -1 = the row names none) index the tuples of names; `state` holds `State`;
    `time` f64[n]. `topic`, `priority` (1 low .. 4 urgent) are per case. `team_tier` i64[teams] is the line of a team.
    `hints` i64[cases, k] are other facts known when a case opens, coded as small integers.
    """

    case: Ints
    time: Floats
    person: Ints
    team: Ints
    state: Ints
    topic: Ints
    priority: Ints
    hints: Ints
    team_tier: Ints
    cases: tuple[str, ...]
    people: tuple[str, ...]
    person_team: Ints
    teams: tuple[str, ...]
    topics: tuple[str, ...]

    def bounds(self) -> Ints:
        """Return where each case starts in the event arrays, and the end: i64[cases + 1]."""
        return np.searchsorted(self.case, np.arange(len(self.cases) + 1))


def ordered(log: EventLog) -> tuple[EventLog, int, int]:
    """Sort the events and drop exact repeats; return the log, how many were out of order, how many were repeats.

    An event is out of order when an earlier row of its case bears a later time. Two rows are repeats when case, time,
    person, team and state are all the same.
    """
    late = _out_of_order(log.case, log.time)
    order = np.lexsort((np.arange(len(log.case)), log.time, log.case))
    columns = np.stack([log.case, log.person, log.team, log.state])[:, order]
    time = log.time[order]
    same = np.zeros(len(order), dtype=bool)
    same[1:] = (columns[:, 1:] == columns[:, :-1]).all(axis=0) & (time[1:] == time[:-1])
    keep = order[~same]
    kept = replace(
        log,
        case=log.case[keep],
        time=log.time[keep],
        person=log.person[keep],
        team=log.team[keep],
        state=log.state[keep],
    )
    return kept, late, int(same.sum())


def _out_of_order(case: Ints, time: Floats) -> int:
    by_case = np.argsort(case, kind="stable")
    step = np.diff(time[by_case])
    inside = np.diff(case[by_case]) == 0
    return int((inside & (step < 0)).sum())


def group_rare(codes: Ints, names: tuple[str, ...], *, least: int, rest: str) -> tuple[Ints, tuple[str, ...]]:
    """Fold names used fewer than `least` times into one called `rest`, which comes last when it is needed."""
    counts = np.bincount(codes, minlength=len(names))
    common = np.flatnonzero(counts >= least)
    target = np.full(len(names), len(common), dtype=np.int64)
    target[common] = np.arange(len(common))
    folded = target[codes]
    kept = tuple(names[int(i)] for i in common)
    return folded, (*kept, rest) if (folded == len(common)).any() else kept
