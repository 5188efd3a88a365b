"""Who may take which ticket: one list of checks, used both to find pairs and to say why somebody was left
out.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fengong.engine.routing.arrays import Assignment, Flags, Ints, Queue, Scene, Singles
from fengong.engine.routing.decision import (
    ABOVE_REACH,
    ABSENT,
    BARRED,
    BELOW_TIER,
    NO_CAPACITY,
    NO_SKILL,
    NO_SLOT,
    NOT_ASKED,
    NOT_LENT,
    SHIFT_ENDING,
)

# Up to this many ticket-member cells one dense table is cheaper than walking topic by topic.
DENSE_CELLS = 1 << 17
MOST_STEPS = 1e6  # enough to ease any need to its floor; a ticket may have waited for ever


def eligible_pairs(scene: Scene) -> Assignment:
    """All (ticket position, member position) that pass every check, ordered by ticket, then member."""
    blocks = list(eligible_blocks(scene, open_members(scene)))
    if len(blocks) == 1:
        return blocks[0]
    if not blocks:
        nothing = np.empty(0, dtype=np.int64)
        return nothing, nothing
    tickets = np.concatenate([block[0] for block in blocks])
    members = np.concatenate([block[1] for block in blocks])
    order = np.argsort(tickets, kind="stable")
    return tickets[order], members[order]


def eligible_blocks(scene: Scene, free: Ints) -> Iterator[Assignment]:
    """The same pairs piece by piece, so that memory stays bounded.

    `free` are the member positions to look at. All pairs of one ticket are in one piece, beside each other,
    in the order of `free`.
    """
    pool, queue = scene.pool, scene.queue
    if not len(free) or not len(queue):
        return
    if len(queue) == 1:
        yield _of_one(scene, promising(scene, free))
        return
    if len(free) * len(queue) <= DENSE_CELLS:
        yield _pairs(scene, np.arange(len(queue)), promising(scene, free))
        return
    order = np.argsort(queue.topic, kind="stable")
    starts = np.flatnonzero(np.diff(queue.topic[order], prepend=-1))
    for tickets in np.split(order, starts[1:]):
        skilled = free[pool.proficiency[free, queue.topic[tickets[0]]] > 0]
        rows = max(1, 8 * DENSE_CELLS // max(1, len(skilled)))
        for start in range(0, len(tickets) if len(skilled) else 0, rows):
            yield _pairs(scene, tickets[start : start + rows], skilled)


def promising(scene: Scene, free: Ints) -> Ints:
    """Those of `free` who could pass the checks of tier and skill for some ticket of the queue: the rest of the
    checks then have fewer to look at.
    """
    pool, queue = scene.pool, scene.queue
    least = needs(scene, np.arange(len(queue))).min()
    lowest, highest = queue.tier.min(), queue.tier.max() + scene.rules.reach
    topics = np.unique(queue.topic) if len(queue) > 1 else queue.topic
    known = pool.proficiency[:, topics[0]] >= least  # whole columns lie side by side, which is the quick way
    for topic in topics[1:]:
        known |= pool.proficiency[:, topic] >= least
    known &= (pool.tier >= lowest) & (pool.tier <= highest)
    them: Ints = free[known[free]]
    return them


def needs(scene: Scene, tickets: Ints) -> Singles:
    """The least proficiency with which somebody may take these tickets now, in the precision of the pool's, f32[...]:
    by difficulty, and eased by the time they have waited.
    """
    rules, queue = scene.rules, scene.queue
    need = np.asarray(rules.need, dtype=np.float32)[queue.difficulty[tickets] - 1]
    if rules.easing.every == np.inf:
        return need
    steps = np.floor(np.minimum((scene.now - queue.waiting_since[tickets]) / rules.easing.every, MOST_STEPS))
    asked = need.astype(np.float64)
    eased = np.maximum(
        np.minimum(asked, rules.easing.floor), asked - np.maximum(steps, 0.0) * rules.easing.step
    )
    return eased.astype(np.float32)


def open_members(scene: Scene) -> Ints:
    """Positions of those who could take anything at all: present, not full, not about to leave."""
    pool = scene.pool
    leaving = scene.now + scene.rules.guard
    return np.flatnonzero(pool.present & (pool.load < pool.capacity) & (pool.off_at > leaving))


def checks(scene: Scene, tickets: Ints, members: Ints) -> Iterator[tuple[str, Flags]]:
    """Each reason with the flags of those it rules out; `tickets` and `members` broadcast against each
    other.

    The order is that of REASONS: the first that holds for a pair is its reason. Proficiency below zero stands for
    those who are not asked, see `translation`.
    """
    pool, queue, now, rules = scene.pool, scene.queue, scene.now, scene.rules
    effort, tier = queue.effort[tickets], queue.tier[tickets]
    member_tier = pool.tier[members]
    yield ABSENT, ~pool.present[members]
    if len(queue.barred):
        yield BARRED, _barred(queue, tickets, members, len(pool))
    known = pool.proficiency[members, queue.topic[tickets]]
    yield NOT_ASKED, known < 0
    yield BELOW_TIER, member_tier < tier
    yield ABOVE_REACH, member_tier > tier + rules.reach
    yield NO_SKILL, known < needs(scene, tickets)
    if not scene.lends.all():
        yield NOT_LENT, _not_lent(scene, tickets, members)
    yield SHIFT_ENDING, pool.off_at[members] < effort + (now + rules.guard)
    yield NO_CAPACITY, pool.load[members] + effort > pool.capacity[members]
    yield NO_SLOT, ~_has_slot(scene, tickets, members)


def spared(scene: Scene, members: Ints) -> Flags:
    """For the only ticket of a queue: whose slots and whose team allow it."""
    first = np.zeros(1, dtype=np.int64)
    return _has_slot(scene, first, members) & ~_not_lent(scene, first, members)


def _of_one(scene: Scene, members: Ints) -> Assignment:
    """The same checks for a queue of one ticket, after those `promising` has made."""
    pool, queue = scene.pool, scene.queue
    effort = queue.effort[0]
    able = pool.present[members] & (pool.off_at[members] >= effort + (scene.now + scene.rules.guard))
    able &= pool.load[members] + effort <= pool.capacity[members]
    for member in queue.barred[:, 1]:
        able &= members != member
    members = members[able]
    members = members[spared(scene, members)]
    return np.zeros(len(members), dtype=np.int64), members


def _pairs(scene: Scene, tickets: Ints, members: Ints) -> Assignment:
    ruled_out = np.zeros((len(tickets), len(members)), dtype=np.bool_)
    for _, failed in checks(scene, tickets[:, None], members[None, :]):
        ruled_out |= failed
    rows, columns = np.nonzero(~ruled_out)
    return tickets[rows], members[columns]


def _barred(queue: Queue, tickets: Ints, members: Ints, count: int) -> Flags:
    wanted = queue.barred[:, 0] * count + queue.barred[:, 1]
    return np.isin(tickets * count + members, wanted)


def _has_slot(scene: Scene, tickets: Ints, members: Ints) -> Flags:
    pool, channel = scene.pool, scene.queue.channel[tickets]
    under_most: Flags = (pool.held.sum(axis=1) < pool.most)[members]
    return under_most & (pool.held[members, channel] < pool.slots[members, channel])


def _not_lent(scene: Scene, tickets: Ints, members: Ints) -> Flags:
    team, own = scene.queue.team[tickets], scene.pool.team[members]
    kept: Flags = (team != own) & (team != 0) & (own != 0) & ~scene.lends[own]
    return kept
