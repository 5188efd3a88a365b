"""What a batch is worth and what greed would do, said without kernels: only prices are asked for."""

from __future__ import annotations

import numpy as np

from fengong.engine.routing.arrays import Scene
from fengong.engine.routing.costs import Prices
from fengong.engine.routing.eligibility import eligible_pairs
from fengong.engine.routing.idleness import by_idleness
from fengong.engine.routing.policies import policy

Matches = list[tuple[int, int]]  # positions of ticket and member
FENGONG = policy("fengong")


def ours(scene: Scene) -> Matches:
    tickets, members = FENGONG.assign(scene.pool, scene.queue, scene.now, scene.rules)
    return list(zip(tickets.tolist(), members.tolist(), strict=True))


def savings(scene: Scene) -> np.ndarray:
    """f64[tickets, members]; 0 where the match may not be or saves nothing."""
    prices, (tickets, members) = Prices(scene), eligible_pairs(scene)
    table = np.zeros((len(scene.queue), len(scene.pool)))
    table[tickets, members] = prices.waiting(tickets) - prices.cost(tickets, members)
    return np.maximum(table, 0.0)


def worth(scene: Scene, matches: Matches) -> float:
    """Points saved against leaving everything waiting, at the prices before the batch."""
    if not matches:
        return 0.0
    prices, (tickets, members) = Prices(scene), np.array(matches).T
    added = scene.queue.effort[tickets] / scene.pool.capacity[members]
    sums = np.bincount(members, weights=added)
    crowding = float((sums**2).sum() - (added**2).sum())
    saved = float((prices.waiting(tickets) - prices.cost(tickets, members)).sum())
    return saved - scene.rules.weights.load_spread * crowding


def greedy(scene: Scene) -> Matches:
    """The pair that saves most first, then the next that still fits and pays; ties as the matching breaks them."""
    saved, held = savings(scene), scene.pool.load.copy()
    people = by_idleness(scene, np.arange(len(scene.pool))).tolist()
    pairs = [(t, m) for t in np.argsort(scene.queue.ids).tolist() for m in people if saved[t, m] > 0]
    found: dict[int, int] = {}
    for ticket, member in sorted(pairs, key=lambda pair: -round(saved[pair] * 1000)):
        effort, capacity = scene.queue.effort[ticket], scene.pool.capacity[member]
        grown = (held[member] - scene.pool.load[member]) / capacity
        surcharge = 2 * scene.rules.weights.load_spread * grown * effort / capacity
        if ticket not in found and held[member] + effort <= capacity and saved[ticket, member] > surcharge:
            found[ticket] = member
            held[member] += effort
    return list(found.items())
