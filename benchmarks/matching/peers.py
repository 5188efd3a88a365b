"""Other ways to the same end, given the same priced pairs: what each finds is what the matches gain, in points."""

from __future__ import annotations

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from fengong.engine.routing.arrays import Ints
from fengong.engine.routing.kernels.assignment import Market
from fengong.engine.routing.kernels.saving import POINTS


def value(market: Market, match: Ints) -> float:
    """Points gained by these arcs (one per ticket, -1 = none), less what several slots of one member cost."""
    chosen = match[match >= 0]
    used = np.bincount(market.member[chosen], minlength=len(market.slots))
    return float(market.gain[chosen].sum() - (market.rise * (used * (used - 1) // 2)).sum()) / POINTS


def flow(market: Market) -> float:
    """OR-Tools' minimum-cost flow (cost scaling), exact."""
    tickets, members = len(market.first) - 1, len(market.slots)
    owner = np.repeat(np.arange(tickets), np.diff(market.first))
    slot = np.repeat(np.arange(members), market.slots)
    nth = np.arange(len(slot)) - np.repeat(np.cumsum(market.slots) - market.slots, market.slots)
    sink = tickets + members
    tails = np.concatenate((owner, tickets + slot, np.arange(tickets)))
    heads = np.concatenate((tickets + market.member, np.full(len(slot) + tickets, sink)))
    costs = np.concatenate((-market.gain, nth * market.rise[slot], np.zeros(tickets, dtype=np.int64)))
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tails, heads, np.ones(len(tails), dtype=np.int64), costs)
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[:tickets], supply[sink] = 1, -tickets
    solver.set_nodes_supplies(np.arange(sink + 1), supply)
    if solver.solve() != solver.OPTIMAL:
        raise ArithmeticError("no optimum")
    return -float(solver.optimal_cost()) / POINTS


def bipartite(market: Market) -> float:
    """scipy's sparse assignment, exact; for one slot per member. Each ticket may also wait in a column of its own."""
    tickets, members = len(market.first) - 1, len(market.slots)
    owner, waits = np.repeat(np.arange(tickets), np.diff(market.first)), np.arange(tickets)
    ceiling = int(market.gain.max()) + 1
    costs = np.concatenate((ceiling - market.gain, np.full(tickets, ceiling))).astype(np.float64)
    where = (np.concatenate((owner, waits)), np.concatenate((market.member, members + waits)))
    table = csr_matrix((costs, where), shape=(tickets, members + tickets))
    return float(ceiling * tickets - table[min_weight_full_bipartite_matching(table)].sum()) / POINTS


def greedy(market: Market) -> float:
    """The arc that gains most first, while slots are left and the next one is not dearer than the gain."""
    owner = np.repeat(np.arange(len(market.first) - 1), np.diff(market.first)).tolist()
    member, gain = market.member.tolist(), market.gain.tolist()
    slots, rise = market.slots.tolist(), market.rise.tolist()
    used, match = [0] * len(slots), np.full(len(market.first) - 1, -1)
    for arc in np.argsort(-market.gain, kind="stable").tolist():
        who = member[arc]
        if match[owner[arc]] < 0 and used[who] < slots[who] and gain[arc] > used[who] * rise[who]:
            match[owner[arc]] = arc
            used[who] += 1
    return value(market, match)
