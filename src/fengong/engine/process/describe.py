"""What a reading of a log says in a few figures and series, for people to look at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.process.effort import stint_effort
from fengong.engine.process.infer import Inferred
from fengong.engine.process.log import DAY, EventLog, Floats, Ints, State

LEAST_CAP, MOST_CAP = 20.0, 90.0  # minutes: how far the cap on a gap may reasonably be off
Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic: cases, minutes of effort for one able person, share that needed more than the first line."""

    name: str
    cases: int
    minutes: float
    above_first: float


@dataclass(frozen=True, slots=True)
class Description:
    """Counts by tier are (first, second, third). Shares are 0..1, times in minutes unless named otherwise."""

    members: Counts
    needed: Counts  # cases by true difficulty
    highest: Counts  # cases by the highest line they reached
    graded_right: float
    team_changes: float  # per case, from row to row
    one_team: float
    came_back: float
    first_line_alone: float  # push to front: solved by the first line without another
    went_too_high: float
    passed_on: float  # stints that only passed the case on
    reopened: float
    unresolved: int
    effort_hours: float
    effort_low: float  # the same with the lower cap, relative to this
    effort_high: float
    customer_share: float  # cases in which the customer was waited for
    customer_median: float  # among them
    assigned_wait: float  # mean from being assigned to the next event
    queued_wait: float  # mean from being queued to somebody's taking it
    shift_hours: float
    levels: Counts  # person-topic pairs by proficiency 1..5
    topics: tuple[TopicRow, ...]
    by_hour: tuple[tuple[int, ...], ...]  # events by weekday (Monday first) and hour
    arrivals: Counts  # by day from the first


def describe(log: EventLog, inferred: Inferred) -> Description:
    """Describe a log and what was inferred from it."""
    reading, recorded, tickets = inferred.reading, inferred.recorded, inferred.desk.tickets
    stints, cases = reading.stints, reading.cases
    highest = np.zeros(len(log.cases), dtype=np.int64)
    np.maximum.at(highest, stints.case, reading.tier)
    changes, returns = _team_moves(log, cases)
    effort = float(reading.effort.sum())
    waited = recorded.customer[recorded.customer > 0]
    staff = inferred.desk.staff
    hours = [
        b - a
        for s, e in zip(staff.shifts.starts, staff.shifts.ends, strict=True)
        for a, b in zip(s, e, strict=True)
    ]
    levels = np.bincount(staff.proficiency.astype(np.int64).ravel(), minlength=6)
    return Description(
        members=_three(staff.tier),
        needed=_three(tickets.difficulty),
        highest=_three(highest[cases]),
        graded_right=float((tickets.graded == tickets.difficulty).mean()),
        team_changes=float(changes.mean()),
        one_team=float((changes == 0).mean()),
        came_back=float((returns > 0).mean()),
        first_line_alone=float((highest[cases] == 1).mean()),
        went_too_high=float((highest[cases] > tickets.difficulty).mean()),
        passed_on=float(1.0 - reading.attempts.tried.mean()),
        reopened=float((stints.reopened[cases] > 0).mean()),
        unresolved=int(np.isnan(recorded.resolved).sum()),
        effort_hours=effort / 60.0,
        effort_low=float(stint_effort(stints, cap=LEAST_CAP).sum()) / effort,
        effort_high=float(stint_effort(stints, cap=MOST_CAP).sum()) / effort,
        customer_share=len(waited) / len(cases),
        customer_median=float(np.median(waited)) if len(waited) else 0.0,
        assigned_wait=_mean(stints.seg_end - stints.seg_start, stints.seg_state == State.ASSIGNED),
        queued_wait=_mean(stints.queued, ~np.isnan(stints.queued)),
        shift_hours=float(np.mean(hours)) / 60.0 if hours else 0.0,
        levels=tuple(levels[1:].tolist()),
        topics=_topics(inferred),
        by_hour=_by_hour(log.time),
        arrivals=tuple(
            np.bincount(((tickets.arrival - tickets.arrival.min()) // DAY).astype(np.int64)).tolist()
        ),
    )


def _three(tiers: Ints) -> Counts:
    return tuple(np.bincount(tiers, minlength=4)[1:4].tolist())


def _mean(values: Floats, which: np.ndarray) -> float:
    return float(values[which].mean()) if which.any() else 0.0


def _team_moves(log: EventLog, cases: Ints) -> tuple[Ints, Ints]:
    """Return per case how often the team changed from row to row, and how often it came back to a team it had left."""
    bounds, team = log.bounds(), log.team.tolist()
    changes, returns = np.zeros(len(cases), dtype=np.int64), np.zeros(len(cases), dtype=np.int64)
    for i, case in enumerate(cases.tolist()):
        seen: set[int] = set()
        last = -1
        for now in team[bounds[case] : bounds[case + 1]]:
            if now != last:
                changes[i] += last >= 0
                returns[i] += now in seen
                seen.add(now)
                last = now
    return changes, returns


def _topics(inferred: Inferred) -> tuple[TopicRow, ...]:
    tickets, names = inferred.desk.tickets, inferred.reading.topics
    counts = np.bincount(tickets.topic, minlength=len(names))
    rows = []
    for topic in np.argsort(-counts, kind="stable").tolist():
        mine = tickets.topic == topic
        if mine.any():
            above = float((tickets.difficulty[mine] > 1).mean())
            rows.append(TopicRow(names[topic], int(counts[topic]), float(tickets.effort[mine].mean()), above))
    return tuple(rows)


def _by_hour(time: Floats) -> tuple[tuple[int, ...], ...]:
    hour_of_week = (time // 60).astype(np.int64) % 168
    table = np.bincount(hour_of_week, minlength=168).reshape(7, 24)
    return tuple(tuple(row) for row in table.tolist())
