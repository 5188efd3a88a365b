"""Cuts each case into stints: one person of one team holding it from one moment to another."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from fengong.engine.process.log import EventLog, Floats, Ints, State

CORRECTION = 10.0  # minutes: a case taken up again by the same person this soon was never really resolved
_IN_HAND = (int(State.ASSIGNED), int(State.ACTIVE), int(State.CUSTOMER), int(State.HELD))
_NEVER = -1.0


@dataclass(frozen=True, slots=True)
class Stints:
    """`s` stints in order of case and time, `g` segments inside them, and per case its milestones.

    Stints: `case`, `person`, `team`, `start`, `end`, `queued` (minutes it waited in a queue before; nan when it was
    passed on directly), `resolved` (1 when it ended in a resolution). Segments: `seg_stint`, `seg_state`, `seg_start`,
    `seg_end`. Per case: `opened`, `assigned`, `begun`, `resolved_at` (nan when it did not happen), `reopened` (times).
    """

    case: Ints
    person: Ints
    team: Ints
    start: Floats
    end: Floats
    queued: Floats
    resolved: Ints
    seg_stint: Ints
    seg_state: Ints
    seg_start: Floats
    seg_end: Floats
    opened: Floats
    assigned: Floats
    begun: Floats
    resolved_at: Floats
    reopened: Ints


@dataclass(slots=True)
class _Open:
    """The stint being read."""

    person: int
    team: int
    start: float
    queued: float
    segments: list[tuple[int, float]] = field(default_factory=list)


class _Case:
    """Reads the events of one case in order."""

    def __init__(self, opened: float) -> None:
        self.opened = opened
        self.assigned = self.begun = self.resolved_at = float("nan")
        self.reopened = 0
        self.queued_since = _NEVER
        self.last_resolved: tuple[float, int] = (_NEVER, -1)
        self.stint: _Open | None = None
        self.done: list[tuple[_Open, float, int]] = []

    def read(self, state: int, person: int, team: int, at: float) -> None:
        if state in _IN_HAND:
            self._hold(state, person, team, at)
        elif state == State.QUEUED:
            self._finish(at, resolved=0)
            self.queued_since = at if self.queued_since == _NEVER else self.queued_since
            self._count_reopening(person=-1, at=at)
        elif state in (State.RESOLVED, State.CLOSED):
            self._resolve(state, person, team, at)

    def _hold(self, state: int, person: int, team: int, at: float) -> None:
        self._count_reopening(person=person, at=at)
        if self.stint is not None and (self.stint.person, self.stint.team) != (person, team):
            self._finish(at, resolved=0)
        if self.stint is None:
            self._begin(person, team, at)
        if self.stint is not None:
            self.stint.segments.append((state, at))
        if state != State.ASSIGNED and np.isnan(self.begun):
            self.begun = at

    def _begin(self, person: int, team: int, at: float) -> None:
        waited = float("nan") if self.queued_since == _NEVER else at - self.queued_since
        self.queued_since = _NEVER
        self.stint = _Open(person, team, at, waited)
        if np.isnan(self.assigned):
            self.assigned = at

    def _resolve(self, state: int, person: int, team: int, at: float) -> None:
        already = not np.isnan(self.resolved_at)
        if state == State.CLOSED and already:
            return
        again = already and self.stint is None
        if (
            not again
            and person >= 0
            and (self.stint is None or (self.stint.person, self.stint.team) != (person, team))
        ):
            self._hold(int(State.ACTIVE), person, team, at)
        self._finish(at, resolved=1)
        self.resolved_at = at
        self.last_resolved = (at, person)
        self.queued_since = _NEVER

    def _count_reopening(self, *, person: int, at: float) -> None:
        if np.isnan(self.resolved_at):
            return
        resolved, by = self.last_resolved
        self.resolved_at = float("nan")
        if person != by or at - resolved > CORRECTION:
            self.reopened += 1

    def _finish(self, at: float, *, resolved: int) -> None:
        if self.stint is not None:
            self.done.append((self.stint, at, resolved))
            self.stint = None


def cut(log: EventLog) -> Stints:
    """Cut every case of `log` into stints and segments."""
    bounds = log.bounds().tolist()
    state, person, team, time = (x.tolist() for x in (log.state, log.person, log.team, log.time))
    cases: list[_Case] = []
    for i in range(len(log.cases)):
        first, last = bounds[i], bounds[i + 1]
        case = _Case(time[first])
        for j in range(first, last):
            case.read(state[j], person[j], team[j], time[j])
        case._finish(time[last - 1], resolved=0)
        cases.append(case)
    return _arrays(cases)


def _arrays(cases: list[_Case]) -> Stints:
    rows: list[tuple[float, ...]] = []
    segments: list[tuple[float, ...]] = []
    for i, case in enumerate(cases):
        for stint, end, resolved in case.done:
            edges = [at for _, at in stint.segments[1:]] + [end]
            for (state, at), until in zip(stint.segments, edges, strict=True):
                segments.append((len(rows), state, at, until))
            rows.append((i, stint.person, stint.team, stint.start, end, stint.queued, resolved))
    table = np.array(rows, dtype=float).reshape(len(rows), 7)
    parts = np.array(segments, dtype=float).reshape(len(segments), 4)
    whole = table[:, [0, 1, 2, 6]].astype(np.int64)
    return Stints(
        case=whole[:, 0],
        person=whole[:, 1],
        team=whole[:, 2],
        resolved=whole[:, 3],
        start=table[:, 3],
        end=table[:, 4],
        queued=table[:, 5],
        seg_stint=parts[:, 0].astype(np.int64),
        seg_state=parts[:, 1].astype(np.int64),
        seg_start=parts[:, 2],
        seg_end=parts[:, 3],
        opened=np.array([c.opened for c in cases]),
        assigned=np.array([c.assigned for c in cases]),
        begun=np.array([c.begun for c in cases]),
        resolved_at=np.array([c.resolved_at for c in cases]),
        reopened=np.array([c.reopened for c in cases], dtype=np.int64),
    )
