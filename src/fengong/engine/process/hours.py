"""When each person was at work, as far as the times of their events tell.

The usual hours of a person are the shortest window of 8 to 10 hours of the day that holds most of their events, the
events of their team and of everybody counting a little too. A person is taken to be at work in these hours from Monday
to Friday, from a week before their first event to a week after their last, and on every other day on which the log has
an event of theirs; a day is longer where an event lies outside the usual hours. Leave, illness, meetings and part time
are not in such a log.
"""

from __future__ import annotations

import numpy as np

from fengong.engine.process.log import DAY, EventLog, Floats, Ints
from fengong.engine.simulation.shifts import Shifts, Span

HOLDS = 0.85  # share of the events the usual hours should hold
LENGTHS = (8, 9, 10)  # hours
TEAM_WEIGHT = 6.0  # events of one's own that the habits of the team weigh as much as
LONGEST = 14 * 60.0  # minutes of one shift, overtime included
MARGIN = 7  # days before the first and after the last event
TAIL_DAYS = 14  # after the end of the log the last two weeks come again …
TAIL_TIMES = 6  # … this many times


def usual_hours(log: EventLog) -> tuple[Ints, Ints]:
    """Return the hour at which each person's window starts, 0..23, and its length in hours: i64[people] each."""
    known = log.person >= 0
    hour = (log.time[known] % DAY // 60).astype(np.int64)
    own = np.zeros((len(log.people), 24))
    np.add.at(own, (log.person[known], hour), 1.0)
    team = np.zeros((len(log.teams), 24))
    np.add.at(team, (log.team[known], hour), 1.0)
    everyone = own.sum(axis=0) / max(1.0, own.sum())
    habits = _share(team + TEAM_WEIGHT * everyone)[log.person_team]
    mass = _share(own + TEAM_WEIGHT * habits)
    best_start = np.zeros(len(log.people), dtype=np.int64)
    length = np.zeros(len(log.people), dtype=np.int64)
    for hours in LENGTHS:
        held = _window_sums(mass, hours)
        start = held.argmax(axis=1)
        open_yet = (length == 0) | (hours == LENGTHS[0])
        best_start[open_yet] = start[open_yet]
        enough = held.max(axis=1) >= HOLDS
        length[open_yet & (enough | (hours == LENGTHS[-1]))] = hours
    return best_start, length


def _share(counts: Floats) -> Floats:
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-9))


def _window_sums(mass: Floats, hours: int) -> Floats:
    twice = np.cumsum(np.concatenate([np.zeros((len(mass), 1)), mass, mass], axis=1), axis=1)
    return np.asarray(twice[:, hours : hours + 24] - twice[:, :24])


def roster(log: EventLog, members: Ints) -> Shifts:
    """Return the shifts of the given people (indices into `log.people`), with a tail after the end of the log."""
    start, length = usual_hours(log)
    place = np.full(len(log.people), -1)
    place[members] = np.arange(len(members))
    mine = (log.person >= 0) & (place[log.person] >= 0)
    member, at = place[log.person[mine]], log.time[mine]
    begins, lasts = start[members] * 60.0, length[members] * 60.0
    day, early, late = _days(at, begins[member], lasts[member])
    spans: list[list[Span]] = [[] for _ in members]
    for who, which, before, after in _per_day(member, day, early, late):
        opens = which * DAY + begins[who] + before
        closes = which * DAY + begins[who] + max(lasts[who], after)
        spans[who].append((opens, min(closes, opens + LONGEST)))
    _add_weekdays(spans, 60 * start[members], 60 * length[members])
    _add_tail(spans, float(log.time.max()))
    return Shifts.of(spans)


def _add_weekdays(spans: list[list[Span]], begins: Ints, lasts: Ints) -> None:
    for who, mine in enumerate(spans):
        start, length = float(begins[who]), float(lasts[who])
        first, last = int(min(mine)[0] // DAY), int(max(mine)[0] // DAY)
        days = range(first - MARGIN, last + MARGIN + 1)
        mine.extend((day * DAY + start, day * DAY + start + length) for day in days if day % 7 < 5)


def _days(at: Floats, begins: Floats, lasts: Floats) -> tuple[Ints, Floats, Floats]:
    """Return for each event the working day it belongs to and how far before (<= 0) and after its start it lies."""
    day = np.floor((at - begins) / DAY)
    after = at - begins - day * DAY
    nearer_next = after - lasts > DAY - after
    day += nearer_next
    early = np.where(nearer_next, after - DAY, 0.0)
    return day.astype(np.int64), early, np.where(nearer_next, 0.0, after)


def _per_day(member: Ints, day: Ints, early: Floats, late: Floats) -> list[tuple[int, int, float, float]]:
    order = np.lexsort((day, member))
    member, day, early, late = member[order], day[order], early[order], late[order]
    first = np.flatnonzero(np.r_[True, (member[1:] != member[:-1]) | (day[1:] != day[:-1])])
    earliest, latest = np.minimum.reduceat(early, first), np.maximum.reduceat(late, first)
    rows = zip(member[first].tolist(), day[first].tolist(), earliest.tolist(), latest.tolist(), strict=True)
    return list(rows)


def _add_tail(spans: list[list[Span]], last: float) -> None:
    since = last - TAIL_DAYS * DAY
    for mine in spans:
        recent = [(a, b) for a, b in mine if a >= since]
        for turn in range(1, TAIL_TIMES + 1):
            mine.extend((a + turn * TAIL_DAYS * DAY, b + turn * TAIL_DAYS * DAY) for a, b in recent)
