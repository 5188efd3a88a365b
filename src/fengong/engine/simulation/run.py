"""The event loop.

A ticket that begins to wait is in a round of dispatch at the next beat, with all that began to wait by then.
What could not go is tried again: at every hundredth beat, the tickets that somebody who came or got free since might
take; and now and then everything that waits, since policies may release with time.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, inf, nan

import numpy as np

from fengong.engine.routing.policies import policy as policy_named
from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.courses import Course, Free, Stint
from fengong.engine.simulation.desk import Desk
from fengong.engine.simulation.draws import draw
from fengong.engine.simulation.floor import Floor
from fengong.engine.simulation.outcome import Outcome, Trail
from fengong.engine.simulation.recorded import Recorded, Routes

_FREE, _DONE, _SEEN, _START, _FIRST, _AGAIN, _RETRY = range(7)  # at one moment, in this order
_SLOW = 100.0  # beats between rounds for tickets that could not go before
_GIVE_UP = 30 * 1440.0  # minutes after everyone was called; a policy may hold a ticket back for a while
_FIRST_RETRY, _LAST_RETRY = 60.0, 240.0  # minutes between rounds while nothing changes

Event = tuple[float, int, int, int]


@dataclass(slots=True)
class Work:
    """What was done when, kept when asked for: rows of (ticket, member, minutes it had waited,
    assigned, begun, worked until, let go)."""

    rows: list[tuple[int, int, float, float, float, float, float]] = field(default_factory=list)


def simulate(
    desk: Desk, *, policy: str, seed: int, rules: Rules | None = None, work: Work | None = None
) -> Outcome:
    """Run the desk under the policy of this name."""
    chosen = policy_named(policy)
    draws = draw(desk.tickets, desk.behaviour, seed)
    return _Run(desk, Free(desk, draws, chosen, rules or Rules()), work).outcome()


def simulate_recorded(desk: Desk, routes: Routes, *, seed: int, work: Work | None = None) -> Outcome:
    """Run the desk with every ticket going the recorded way."""
    draws = draw(desk.tickets, desk.behaviour, seed)
    return _Run(desk, Recorded(desk, draws, routes), work).outcome()


class _Run:
    def __init__(self, desk: Desk, course: Course, work: Work | None) -> None:
        n = len(desk.tickets)
        self.desk, self.course, self.work = desk, course, work
        self.floor = Floor(desk.staff)
        self.arrival = desk.tickets.arrival.tolist()
        self.since = list(self.arrival)  # when the present wait began
        self.planned = desk.tickets.planned.tolist()
        self.allowance, self.beat = desk.behaviour.allowance, desk.behaviour.beat
        self.waiting: dict[int, float] = {}
        self.trails = [Trail() for _ in range(n)]
        self.stints = [0] * n
        self.stint: list[Stint | None] = [None] * n
        self.assigned, self.begun, self.resolved = [nan] * n, [nan] * n, [nan] * n
        self.queued, self.customer = [0.0] * n, [0.0] * n
        self.fresh: list[int] = []  # waiting, and not yet in any round
        self.hopeful: dict[int, None] = {}  # waiting, and somebody might take them now
        self.due = {_FIRST: -1.0, _AGAIN: -1.0, _RETRY: -1.0}
        self.retry = _FIRST_RETRY
        self.called = inf  # when everyone was called
        self.heap: list[Event] = []

    def outcome(self) -> Outcome:
        for ticket, at in enumerate(self.arrival):
            self.heap.append((at + self.course.hidden(ticket, 0), _SEEN, ticket, 0))
        heapq.heapify(self.heap)
        handlers = (self._free, self._done, self._seen, self._start, self._first, self._again, self._retry)
        floor = self.floor
        while self.heap:
            coming = floor.next_coming() if self.waiting else inf
            if coming < self.heap[0][0]:
                self._helped(coming, floor.move_on(coming))
                continue
            time, kind, a, b = heapq.heappop(self.heap)
            floor.move_on(time)
            handlers[kind](time, a, b)
        return self._result()

    def _seen(self, now: float, ticket: int, _: int) -> None:
        self.waiting[ticket] = now
        self.fresh.append(ticket)
        self._schedule(_FIRST, now, self._beat(now, self.beat))

    def _free(self, now: float, ticket: int, member: int) -> None:
        self.floor.release(member, self.planned[ticket], now)
        self._helped(now, (member,))

    def _done(self, now: float, ticket: int, member: int) -> None:
        stint = self.stint[ticket]
        k = self.stints[ticket] - 1
        if stint is None or self.course.after(ticket, member, k, stint, now):
            self.resolved[ticket] = now
            return
        self.since[ticket] = now
        heapq.heappush(self.heap, (now + self.course.hidden(ticket, k + 1), _SEEN, ticket, 0))

    def _helped(self, now: float, members: Sequence[int]) -> None:
        """These members came or got free: have a round for the tickets they might take."""
        tickets = self.course.could_take(members, self.waiting, self.floor) if self.waiting else ()
        if tickets:
            self.hopeful.update(dict.fromkeys(tickets))
            self._schedule(_AGAIN, now, self._beat(now, _SLOW * self.beat))

    def _beat(self, now: float, beat: float) -> float:
        return ceil(now / beat) * beat if beat else now

    def _schedule(self, kind: int, now: float, at: float) -> None:
        if self.due[kind] < now or self.due[kind] > at:
            self.due[kind] = at
            heapq.heappush(self.heap, (at, kind, 0, 0))

    def _is_due(self, kind: int, now: float) -> bool:
        due = now == self.due[kind]  # else an earlier round took its place
        self.due[kind] = -1.0 if due else self.due[kind]
        return due

    def _first(self, now: float, _: int, __: int) -> None:
        """A round for the tickets that have not been in one."""
        if self._is_due(_FIRST, now):
            fresh, self.fresh = self.fresh, []
            if self._match(fresh, now) < len(fresh) and self.waiting:
                self.retry = _FIRST_RETRY
                self._schedule(_RETRY, now, now + self.retry)

    def _again(self, now: float, _: int, __: int) -> None:
        """A round for the tickets that somebody who came or got free might take."""
        if self._is_due(_AGAIN, now):
            hopeful, self.hopeful = self.hopeful, {}
            self._match(list(hopeful), now)

    def _retry(self, now: float, _: int, __: int) -> None:
        """A round for everything that waits."""
        if self._is_due(_RETRY, now):
            found = self._match(list(self.waiting), now)
            if self.waiting:
                self._go_on(now, stuck=not found)

    def _match(self, tickets: list[int], now: float) -> int:
        tickets = [ticket for ticket in tickets if ticket in self.waiting]
        pairs = self.course.assign(tickets, self.floor, now) if tickets else []
        for ticket, member in pairs:
            del self.waiting[ticket]
            self._begin(ticket, member, now)
        return len(pairs)

    def _go_on(self, now: float, *, stuck: bool) -> None:
        """Try again later. When nobody will come any more, call everyone, once; what waits then would wait for ever."""
        hope = self.heap and self.floor.pool.present.any()
        over = stuck and not hope and self.floor.next_coming() == inf
        if over and now > self.called + _GIVE_UP and not self.heap:
            raise ValueError(f"nobody may ever take tickets {sorted(self.waiting)[:5]}")
        if over and self.called == inf:
            self.called = now
            self.floor.call_everyone()
            self.retry = _FIRST_RETRY
        self._schedule(_RETRY, now, now + self.retry)
        self.retry = min(2.0 * self.retry, _LAST_RETRY)

    def _begin(self, ticket: int, member: int, now: float) -> None:
        floor, k = self.floor, self.stints[ticket]
        stint = self.stint[ticket] = self.course.stint(ticket, member, k)
        self.stints[ticket] += 1
        self.queued[ticket] += now - self.since[ticket]
        self.customer[ticket] += stint.customer
        self.trails[ticket].goes_to(member, floor.team[member], floor.tier[member])
        floor.take(member, self.planned[ticket], now)
        if k == 0:
            self.assigned[ticket] = now
        if stint.delay > 0:
            heapq.heappush(self.heap, (now + stint.delay, _START, ticket, member))
        else:
            self._start(now, ticket, member)

    def _start(self, now: float, ticket: int, member: int) -> None:
        stint = self.stint[ticket]
        if stint is None:
            return
        at_work = self.desk.staff.shifts.next_work
        begin, worked = self.floor.work(member, now, stint.work, self.allowance)
        let_go = at_work(member, worked + stint.dormant) if stint.dormant > 0 else worked
        done = at_work(member, let_go + stint.customer) if stint.customer > 0 else let_go
        if self.stints[ticket] == 1:
            self.begun[ticket] = begin
        heapq.heappush(self.heap, (let_go, _FREE, ticket, member))
        heapq.heappush(self.heap, (done, _DONE, ticket, member))
        if self.work is not None:
            given = now - stint.delay
            self.work.rows.append((ticket, member, given - self.since[ticket], given, begin, worked, let_go))

    def _result(self) -> Outcome:
        difficulty = self.desk.tickets.difficulty.tolist()
        right = [trail.right_first(d) for trail, d in zip(self.trails, difficulty, strict=True)]
        return Outcome(
            arrival=self.desk.tickets.arrival,
            assigned=np.array(self.assigned),
            begun=np.array(self.begun),
            resolved=np.array(self.resolved),
            queued=np.array(self.queued),
            customer=np.array(self.customer),
            stints=np.array(self.stints, dtype=np.int64),
            handovers=np.array([trail.handovers for trail in self.trails], dtype=np.int64),
            returns=np.array([trail.returns for trail in self.trails], dtype=np.int64),
            right_first=np.array(right, dtype=bool),
            effort=np.array(self.floor.worked),
            taken=np.array(self.floor.taken, dtype=np.int64),
        )
