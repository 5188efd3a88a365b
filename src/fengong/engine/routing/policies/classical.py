"""The rules that desks use today: one ticket after the other, each to the first member in some order.

Tickets go in order of priority, then longest wait, then id. Among eligible members with room the smallest
key wins; ties go to the longest idle, then to the smallest id. Eligibility is the same as for every other
policy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from fengong.engine.routing.arrays import Assignment, Floats, Ints, Pool, Queue, Scene
from fengong.engine.routing.eligibility import eligible_pairs
from fengong.engine.routing.rules import Rules


@dataclass(frozen=True, slots=True)
class InTurn:
    """Serves the queue in order; `key` ranks members (smallest first), `rests` sends a winner to the end."""

    name: str
    key: Callable[[Pool, Floats], Floats]
    rests: bool = True
    own_tier_only: bool = False

    def assign(self, pool: Pool, queue: Queue, now: float, rules: Rules) -> Assignment:
        if self.own_tier_only:
            rules = replace(rules, reach=0)
        tickets, members = eligible_pairs(Scene(pool, queue, now, rules))
        if not len(tickets):
            return tickets, members
        load = pool.load.copy()
        key = self.key(pool, load)
        won: list[tuple[int, int]] = []
        still_open = set(np.unique(members).tolist())
        smallest = float(queue.effort[tickets].min())
        for ticket, candidates in _in_order(queue, tickets, members):
            effort = float(queue.effort[ticket])
            fits = candidates[load[candidates] + effort <= pool.capacity[candidates]]
            if not len(fits):
                continue
            winner = _smallest(pool, key, fits)
            won.append((ticket, winner))
            load[winner] += effort
            key[winner] = now + len(won) if self.rests else self.key(pool, load)[winner]
            if load[winner] + smallest > pool.capacity[winner]:
                still_open.discard(winner)
                if not still_open:
                    break
        matched = np.array(won, dtype=np.int64).reshape(-1, 2)
        return matched[:, 0], matched[:, 1]


def _in_order(queue: Queue, tickets: Ints, members: Ints) -> list[tuple[int, Ints]]:
    if len(queue) == 1:
        return [(0, members)]
    found, starts = np.unique(tickets, return_index=True)
    ends = np.append(starts[1:], len(tickets))
    order = np.lexsort((queue.ids[found], queue.waiting_since[found], -queue.priority[found]))
    return [(int(found[i]), members[starts[i] : ends[i]]) for i in order]


def _smallest(pool: Pool, key: Floats, members: Ints) -> int:
    for values in (key, pool.idle_since, pool.ids):
        if len(members) == 1:
            break
        among = values[members]
        members = members[among == among.min()]
    return int(members[0])


def _last_given(pool: Pool, load: Floats) -> Floats:
    return pool.last_given.copy()


def _share_of_capacity(pool: Pool, load: Floats) -> Floats:
    share = np.full(len(load), np.inf)
    np.divide(load, pool.capacity, out=share, where=pool.capacity > 0)
    return share


def _idle_since(pool: Pool, load: Floats) -> Floats:
    return pool.idle_since.copy()


# Round robin gives the next ticket to whoever was given one longest ago, whatever they have finished since.
ROUND_ROBIN = InTurn("round-robin", _last_given)
LEAST_LOADED = InTurn("least-loaded", _share_of_capacity, rests=False)
LONGEST_IDLE = InTurn("longest-idle", _idle_since)
# Each tier takes only its own tickets and never helps another.
STATIC_TIERS = InTurn("static-tiers", _idle_since, own_tier_only=True)
