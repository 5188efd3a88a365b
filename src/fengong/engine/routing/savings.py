"""The matches worth looking at in one batch, what each would save, and the batch as it grows.

Saving = cost of waiting - cost of the match, both at the loads before the batch. The worth of a batch is

    sum of savings - w * sum over members ((sum d)^2 - sum d^2),     d = effort / capacity,

the second part being the convex load spread between tickets that one batch gives to one member.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from fengong.engine.routing.arrays import Assignment, Flags, Floats, Ints, Queue, Scene
from fengong.engine.routing.costs import Prices
from fengong.engine.routing.eligibility import eligible_blocks

POINTS = 1000  # integer units per point
TIES = 4096  # room below one unit for the order of idleness
CEILING = 1e6  # points; a larger saving counts as this much, so that integer costs cannot overflow


@dataclass(frozen=True, slots=True)
class Pairs:
    """Eligible matches that save something, ticket by ticket; `key` i64[p] ranks them, best highest.

    The key is the saving in 1/POINTS of a point, with ties in favour of the longest idle.
    """

    tickets: Ints
    members: Ints
    saving: Floats
    key: Ints

    def __len__(self) -> int:
        return len(self.tickets)

    def where(self, which: Ints | Flags) -> Pairs:
        return Pairs(self.tickets[which], self.members[which], self.saving[which], self.key[which])


@dataclass(slots=True)
class Batch:
    """The matches accepted so far and the loads that result from them."""

    scene: Scene
    load: Floats
    matches: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def empty(cls, scene: Scene) -> Batch:
        return cls(scene, scene.pool.load.copy())

    def fits(self, ticket: int, member: int) -> bool:
        after = self.load[member] + self.scene.queue.effort[ticket]
        return bool(after <= self.scene.pool.capacity[member])

    def accept(self, ticket: int, member: int) -> None:
        self.matches.append((ticket, member))
        self.load[member] += self.scene.queue.effort[ticket]

    def surcharge(self, tickets: Ints | int, members: Ints | int) -> Floats:
        """Points by which the batch so far raises the load spread of these matches."""
        capacity = self.scene.pool.capacity[members]
        grown = (self.load[members] - self.scene.pool.load[members]) / capacity
        spread: Floats = 2.0 * self.scene.rules.weights.load_spread * grown
        return spread * (self.scene.queue.effort[tickets] / capacity)

    def assignment(self) -> Assignment:
        pairs = np.array(self.matches, dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    def worth(self, prices: Prices) -> float:
        """Points saved by this batch against leaving everything waiting."""
        tickets, members = self.assignment()
        added = self.scene.queue.effort[tickets] / self.scene.pool.capacity[members]
        sums = np.bincount(members, weights=added, minlength=len(self.scene.pool))
        crowding = float((sums**2).sum() - (added**2).sum())
        saved = float((prices.waiting(tickets) - prices.cost(tickets, members)).sum())
        return saved - self.scene.rules.weights.load_spread * crowding


def by_idleness(scene: Scene, members: Ints) -> Ints:
    """These members in the one order that does not depend on how they are stored: longest idle first, then
    id.
    """
    if len(members) < 2:
        return members
    return members[np.lexsort((scene.pool.ids[members], scene.pool.idle_since[members]))]


def saving_pairs(prices: Prices, batch: Batch, left: Ints, free: Ints) -> Pairs:
    """What can still be matched: tickets `left` with members `free` (in order of idleness), pruned per
    ticket.
    """
    scene = batch.scene
    now_held = replace(scene, pool=replace(scene.pool, load=batch.load), queue=_only(scene, left))
    place = np.empty(len(scene.pool), dtype=np.int64)
    place[free] = np.arange(len(free)) * TIES // max(TIES, len(free))
    pieces = []
    crowded = len(free) > scene.rules.top_n and len(free) * len(left) > scene.rules.prune_above
    for positions, members in eligible_blocks(now_held, free):
        tickets = left[positions]
        saving = prices.waiting(tickets) - prices.cost(tickets, members) - batch.surcharge(tickets, members)
        units = np.rint(np.minimum(saving, CEILING) * POINTS).astype(np.int64)
        pairs = Pairs(tickets, members, saving, units * TIES - place[members]).where(units > 0)
        pieces.append(_pruned(pairs, scene.rules.top_n) if crowded else pairs)
    return pieces[0] if len(pieces) == 1 else _joined(pieces)


def _only(scene: Scene, left: Ints) -> Queue:
    whole = len(left) == len(scene.queue) and bool((left == np.arange(len(left))).all())
    return scene.queue if whole else scene.queue.take(left)


def _pruned(pairs: Pairs, top_n: int) -> Pairs:
    """At most `top_n` pairs per ticket: the better half by key, the rest from a window that moves on by
    ticket.

    Were all by key, a hundred alike tickets would all ask for the same few members.
    """
    if not len(pairs):
        return pairs
    starts = np.concatenate(([0], np.flatnonzero(pairs.tickets[1:] != pairs.tickets[:-1]) + 1))
    counts = np.diff(starts, append=len(pairs))
    if counts.max() <= top_n:
        return pairs
    best = top_n if len(starts) == 1 else top_n // 2
    row = np.repeat(np.arange(len(starts)), counts)
    column = np.arange(len(pairs)) - starts[row]
    table = np.full((len(starts), int(counts.max())), np.iinfo(np.int64).min)
    table[row, column] = pairs.key
    threshold = np.partition(table, -best, axis=1)[:, -best]
    window = (column - row * (top_n - best)) % counts[row] < top_n - best
    return pairs.where(window | (pairs.key >= threshold[row]))


def _joined(pieces: list[Pairs]) -> Pairs:
    columns = [(p.tickets, p.members, p.saving, p.key) for p in pieces]
    if not columns:
        none = np.empty(0, dtype=np.int64)
        return Pairs(none, none, np.empty(0), none)
    tickets, members, saving, key = (np.concatenate(column) for column in zip(*columns, strict=True))
    return Pairs(tickets, members, saving, key)
