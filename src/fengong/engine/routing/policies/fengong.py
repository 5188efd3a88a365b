"""Our own policy: one optimisation over everything that waits and all free capacity; see `kernels.matching`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.routing.arrays import Assignment, Ints, Pool, Queue, Scene
from fengong.engine.routing.kernels import codes
from fengong.engine.routing.kernels.dials import Dials, dials_of
from fengong.engine.routing.kernels.matching import match
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.saving import only_member
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.view import moment_of


@dataclass(frozen=True, slots=True)
class Matching:
    """Deterministic, and the same whatever the order of members or tickets in the arrays."""

    name: str = "fengong"
    code: int = codes.FENGONG

    def dials(self, rules: Rules, topics: int) -> Dials:
        return dials_of(rules, topics)

    def assign(self, pool: Pool, queue: Queue, now: float, rules: Rules) -> Assignment:
        if not len(queue) or not len(pool):
            nothing = np.empty(0, dtype=np.int64)
            return nothing, nothing
        winner = self._winner(moment_of(Scene(pool, queue, now, rules)))
        tickets = np.flatnonzero(winner >= 0)
        return tickets, winner[tickets]

    def _winner(self, moment: Moment) -> Ints:
        if moment.length > 1:
            return match(moment)
        return np.array([only_member(moment)])  # the commonest batch has nothing to search for


FENGONG = Matching()
