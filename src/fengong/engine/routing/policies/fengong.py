"""Our own policy: one optimisation over everything that waits and all free capacity.

With one ticket per member this is an assignment problem, solved exactly. With capacity in minutes it is a
generalised assignment problem (NP-hard): a flow over estimated slots is solved, what really fits is kept,
and what did not fit and the room that is left go through the next pass. As the slots are
an estimate, the greedy batch is made as well, and the better of the two is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.routing.arrays import Assignment, Ints, Pool, Queue, Scene
from fengong.engine.routing.costs import Prices
from fengong.engine.routing.eligibility import open_members, promising
from fengong.engine.routing.flow import take_flow
from fengong.engine.routing.greedy import take_greedily
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.savings import Batch, Pairs, by_idleness, saving_pairs
from fengong.engine.routing.single import best_match

NEGLIGIBLE = 1e-6  # points; less than this is rounding, which must not decide


@dataclass(frozen=True, slots=True)
class Matching:
    """Deterministic, and the same whatever the order of members or tickets in the arrays."""

    name: str = "fengong"

    def assign(self, pool: Pool, queue: Queue, now: float, rules: Rules) -> Assignment:
        scene = Scene(pool, queue, now, rules)
        batch = Batch.empty(scene)
        if len(queue) == 1:
            batch.matches.extend(best_match(scene))
            return batch.assignment()
        free = open_members(scene)
        if not len(free) or not len(queue):
            return batch.assignment()
        prices = Prices(scene)
        free = by_idleness(scene, promising(scene, free))
        tickets = np.argsort(queue.ids)
        pairs = saving_pairs(prices, batch, tickets, free)
        if len(pairs) == 0 or _only_one(pairs.tickets) or _only_one(pairs.members):
            take_greedily(batch, pairs)
            return batch.assignment()
        if _take_undisputed(batch, pairs):
            return batch.assignment()
        take_flow(batch, pairs)
        _fill_up(prices, batch, tickets, free)
        plain = Batch.empty(scene)
        take_greedily(plain, pairs)
        better = plain.worth(prices) > batch.worth(prices) + NEGLIGIBLE
        return (plain if better else batch).assignment()


FENGONG = Matching()


def _take_undisputed(batch: Batch, pairs: Pairs) -> bool:
    """Accepts each ticket's best match if no two want the same member: nothing could be worth more, and no search is
    needed to know it. Keys of one ticket are all different, so the flow would find the same.
    """
    order = np.lexsort((pairs.key, pairs.tickets))
    ticket = pairs.tickets[order]
    best = order[np.append(ticket[1:] != ticket[:-1], True)]
    if len(np.unique(pairs.members[best])) < len(best):
        return False
    for i in best[np.argsort(-pairs.key[best], kind="stable")].tolist():
        batch.accept(int(pairs.tickets[i]), int(pairs.members[i]))
    return True


def _fill_up(prices: Prices, batch: Batch, tickets: Ints, free: Ints) -> None:
    """Further passes over what is left, until nothing more fits or pays."""
    before = -1
    while before < len(batch.matches):
        before = len(batch.matches)
        left = tickets[~np.isin(tickets, [ticket for ticket, _ in batch.matches])]
        room = free[batch.load[free] < batch.scene.pool.capacity[free]]
        pairs = saving_pairs(prices, batch, left, room)
        if not len(pairs):
            return
        take_flow(batch, pairs)


def _only_one(positions: Ints) -> bool:
    return bool((positions == positions[0]).all())
