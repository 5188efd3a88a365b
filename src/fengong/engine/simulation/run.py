"""The event loop.

Rounds of dispatch happen as soon as something changed that could let a waiting ticket go (at the next beat, so that
what comes together is decided together), and now and then while tickets wait, since policies may release with time.
"""

from __future__ import annotations

import heapq
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

_FREE, _DONE, _SEEN, _START, _ROUND = range(5)  # at one moment, in this order
_SLOW = 5.0  # beats between rounds for tickets that could not go before
_FIRST_RETRY, _LAST_RETRY = 10.0, 240.0  # minutes between rounds while nothing changes

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
        self.slow_beat = _SLOW * self.beat
        self.waiting: dict[int, float] = {}
        self.trails = [Trail() for _ in range(n)]
        self.stints = [0] * n
        self.stint: list[Stint | None] = [None] * n
        self.assigned, self.begun, self.resolved = [nan] * n, [nan] * n, [nan] * n
        self.queued, self.customer = [0.0] * n, [0.0] * n
        self.round_at = -1.0
        self.retry = _FIRST_RETRY
        self.called = False
        self.heap: list[Event] = []

    def outcome(self) -> Outcome:
        for ticket, at in enumerate(self.arrival):
            self.heap.append((at + self.course.hidden(ticket, 0), _SEEN, ticket, 0))
        heapq.heapify(self.heap)
        handlers = (self._free, self._done, self._seen, self._start, self._round)
        floor = self.floor
        while self.heap:
            coming = floor.next_coming() if self.waiting else inf
            if coming < self.heap[0][0]:
                floor.move_on(coming)
                self._wake(coming, self.slow_beat)
                continue
            time, kind, a, b = heapq.heappop(self.heap)
            floor.move_on(time)
            handlers[kind](time, a, b)
        return self._result()

    def _seen(self, now: float, ticket: int, _: int) -> None:
        self.waiting[ticket] = now
        self._wake(now, self.beat)

    def _free(self, now: float, ticket: int, member: int) -> None:
        self.floor.release(member, self.planned[ticket], now)
        self._wake(now, self.slow_beat)

    def _done(self, now: float, ticket: int, member: int) -> None:
        stint = self.stint[ticket]
        k = self.stints[ticket] - 1
        if stint is None or self.course.after(ticket, member, k, stint, now):
            self.resolved[ticket] = now
            return
        self.since[ticket] = now
        heapq.heappush(self.heap, (now + self.course.hidden(ticket, k + 1), _SEEN, ticket, 0))

    def _wake(self, now: float, beat: float) -> None:
        """Something changed: have a round at the next beat if anything waits."""
        if not self.waiting:
            return
        self.retry = _FIRST_RETRY
        at = ceil(now / beat) * beat if beat else now
        if self.round_at < now or self.round_at > at:
            self.round_at = at
            heapq.heappush(self.heap, (at, _ROUND, 0, 0))

    def _round(self, now: float, _: int, __: int) -> None:
        if now != self.round_at:
            return  # an earlier round took the place of this one
        self.round_at = -1.0
        if not self.waiting:
            return
        pairs = self.course.assign(list(self.waiting), self.floor, now)
        for ticket, member in pairs:
            del self.waiting[ticket]
            self._begin(ticket, member, now)
        if self.waiting:
            self._go_on(now, stuck=not pairs)

    def _go_on(self, now: float, *, stuck: bool) -> None:
        """Try again later. When nobody will come any more, call everyone, once; what waits then would wait for ever."""
        over = stuck and self.floor.next_coming() == inf
        if over and self.called and not self.heap:
            raise ValueError(f"nobody may ever take tickets {sorted(self.waiting)[:5]}")
        if over and not self.called:
            self.called = True
            self.floor.call_everyone()
            self.retry = 0.0
        self.round_at = now + self.retry
        self.retry = min(max(2.0 * self.retry, _FIRST_RETRY), _LAST_RETRY)
        heapq.heappush(self.heap, (self.round_at, _ROUND, 0, 0))

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
