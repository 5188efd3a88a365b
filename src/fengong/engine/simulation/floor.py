"""The people while a run is going on: who is there, what each holds, when each is free to begin something."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf

import numpy as np

from fengong.engine.routing.arrays import Pool
from fengong.engine.simulation.desk import Staff

_MANY = 200  # comings at once of which nobody needs the names
_AMPLE = 1e6  # minutes of effort nobody will ever hold


class Floor:
    """The pool the policies see, kept up to date event by event."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.pool = Pool.of(
            np.arange(len(staff)), staff.tier.astype(np.int8), staff.proficiency.astype(np.float32)
        )
        self.pool.capacity[:] = staff.capacity
        self.tier = staff.tier.tolist()
        self.team = staff.team.tolist()
        self.budget = staff.budget.tolist()
        self.changes = staff.shifts.changes
        self.times = self.changes.time.tolist()
        self.comings = np.flatnonzero(self.changes.coming).tolist()
        self.moved = 0
        self.worked = [0.0] * len(staff)
        self.taken = [0] * len(staff)
        self.busy_until = [-inf] * len(staff)
        for member, starts in enumerate(staff.shifts.starts):
            self.pool.present[member] = not starts

    def move_on(self, now: float) -> Sequence[int]:
        """Let everyone come and go who does so up to `now`; return who came."""
        first, last = self.moved, bisect_right(self.times, now)
        if first == last:
            return ()
        self.moved = last
        changes = self.changes
        member, coming = changes.member[first:last], changes.coming[first:last]
        self.pool.present[member] = coming  # of several moves of one member the last counts
        self.pool.off_at[member] = changes.until[first:last]
        begin_again = member[coming]
        self.pool.given[begin_again] = 0.0
        return begin_again.tolist() if last - first < _MANY else range(len(self.staff))

    def next_coming(self) -> float:
        """Return when the next member comes, inf when nobody does."""
        i = bisect_left(self.comings, self.moved)
        return self.times[self.comings[i]] if i < len(self.comings) else inf

    def call_everyone(self) -> None:
        """The roster is over: whoever is left takes what is left."""
        self.moved = len(self.times)
        self.pool.present[:] = True
        self.pool.off_at[:] = inf
        self.pool.capacity[:] = _AMPLE
        self.budget = [inf] * len(self.budget)

    def take(self, member: int, effort: float, now: float) -> None:
        """A member is given a ticket of this expected effort; who has given all of a shift's budget takes no more."""
        pool = self.pool
        pool.load[member] += effort
        pool.given[member] += effort
        pool.idle_since[member] = pool.last_given[member] = now
        self.taken[member] += 1
        if pool.given[member] >= self.budget[member]:
            pool.present[member] = False

    def release(self, member: int, effort: float, now: float) -> None:
        """A member no longer holds a ticket of this expected effort."""
        self.pool.finish(member, effort, now)

    def work(self, member: int, start: float, effort: float, allowance: float) -> tuple[float, float]:
        """Put work at the end of what the member has to do; return when it begins and when it is done."""
        shifts = self.staff.shifts
        begin = shifts.next_work(member, max(start, self.busy_until[member]))
        end = shifts.finish(member, begin, effort, allowance)
        self.busy_until[member] = end
        self.worked[member] += effort
        return begin, end
