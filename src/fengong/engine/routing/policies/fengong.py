"""Our own policy: one optimisation over everything that waits and all free capacity.

With one ticket per member this is an assignment problem, solved exactly. With capacity in minutes it is a
generalised assignment problem (NP-hard): a flow over estimated slots is solved, what really fits is kept,
and what did not fit and the room that is left go through the next pass. If that took more than one pass the
greedy batch is made as well, and the better of the two is the answer; so it is never worse than greedy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.routing.arrays import Assignment, Ints, Pool, Queue, Scene
from fengong.engine.routing.costs import Prices
from fengong.engine.routing.eligibility import open_members
from fengong.engine.routing.flow import take_flow
from fengong.engine.routing.greedy import take_greedily
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.savings import Batch, best_match, by_idleness, saving_pairs


@dataclass(frozen=True, slots=True)
class Matching:
    """Deterministic, and the same whatever the order of members or tickets in the arrays."""

    name: str = "fengong"

    def assign(self, pool: Pool, queue: Queue, now: float, rules: Rules) -> Assignment:
        scene = Scene(pool, queue, now, rules)
        batch = Batch.empty(scene)
        free = open_members(scene)
        if not len(free) or not len(queue):
            return batch.assignment()
        prices = Prices(scene)
        if len(queue) == 1:
            batch.matches.extend(best_match(prices, free))
            return batch.assignment()
        free = by_idleness(scene, free)
        tickets = np.argsort(queue.ids)
        pairs = saving_pairs(prices, batch, tickets, free)
        if len(pairs) == 0 or _only_one(pairs.tickets) or _only_one(pairs.members):
            take_greedily(batch, pairs)
            return batch.assignment()
        take_flow(batch, pairs)
        if not _went_on(prices, batch, tickets, free):
            return batch.assignment()
        plain = Batch.empty(scene)
        take_greedily(plain, pairs)
        return max(batch, plain, key=lambda each: each.worth(prices)).assignment()


FENGONG = Matching()


def _went_on(prices: Prices, batch: Batch, tickets: Ints, free: Ints) -> bool:
    """Fills the room that is left, pass by pass; False if the first pass had left nothing to do."""
    passes = 0
    while True:
        taken = [ticket for ticket, _ in batch.matches]
        left = tickets[~np.isin(tickets, taken)]
        room = free[batch.load[free] < batch.scene.pool.capacity[free]]
        pairs = saving_pairs(prices, batch, left, room)
        if not len(pairs):
            return passes > 0
        take_flow(batch, pairs)
        passes += 1


def _only_one(positions: Ints) -> bool:
    return bool((positions == positions[0]).all())
