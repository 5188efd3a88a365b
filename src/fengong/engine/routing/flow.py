"""One pass of the matching as a minimum-cost flow (OR-Tools SimpleMinCostFlow, cost scaling, integral).

Each ticket sends one unit, either to a member (cost: minus the saving) or straight to the sink (it waits,
cost 0). Member m has about room / mean effort unit slots to the sink; slot j costs 2 w (j - 1) (mean effort
/ capacity)^2, the rise of the convex load spread. Slots are an estimate in units where capacity is in
minutes, so the matches found are accepted in order of key only as long as the minutes really fit.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from fengong.engine.routing.arrays import Flags, Floats, Ints
from fengong.engine.routing.savings import POINTS, TIES, Batch, Pairs


def take_flow(batch: Batch, pairs: Pairs) -> None:
    """Accepts into `batch` the part of the optimal flow over `pairs` that fits: at least one match."""
    chosen = pairs.where(_optimum(batch, pairs))
    several = np.bincount(chosen.members, minlength=len(batch.load))[chosen.members] > 1
    # Single matches fit because eligible pairs do; only members with several need a look.
    for i in np.flatnonzero(~several):
        batch.accept(int(chosen.tickets[i]), int(chosen.members[i]))
    shared = chosen.where(several)
    for i in np.argsort(-shared.key, kind="stable"):
        ticket, member = int(shared.tickets[i]), int(shared.members[i])
        if batch.fits(ticket, member):
            batch.accept(ticket, member)


def _optimum(batch: Batch, pairs: Pairs) -> Flags:
    # Nodes are numbered by first appearance in canonical order, so that equal optima are chosen alike.
    tickets, ticket_node = _numbered(pairs.tickets)
    members, member_node = _numbered(pairs.members)
    sink = len(tickets) + len(members)
    slot_member, slot_cost = _slots(batch, pairs, members)
    tails = np.concatenate((ticket_node, len(tickets) + slot_member, np.arange(len(tickets))))
    heads = np.concatenate((len(tickets) + member_node, np.full(len(slot_member) + len(tickets), sink)))
    costs = np.concatenate((-pairs.key, slot_cost, np.zeros(len(tickets), dtype=np.int64)))
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, np.ones(len(tails), dtype=np.int64), costs)
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[: len(tickets)] = 1
    supply[sink] = -len(tickets)
    flow.set_nodes_supplies(np.arange(sink + 1), supply)
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("the matching has no optimum, which its construction rules out")
    return np.asarray(flow.flows(arcs[: len(pairs)])) > 0


def _slots(batch: Batch, pairs: Pairs, members: Ints) -> tuple[Ints, Ints]:
    """For each unit slot the index into `members` and its extra cost in integer units."""
    rules, pool = batch.scene.rules, batch.scene.pool
    mean: Floats = batch.scene.queue.effort[np.unique(pairs.tickets)].mean()
    capacity = pool.capacity[members]
    room = (capacity - batch.load[members]) // mean
    count = np.clip(room, 1, rules.max_slots).astype(np.int64)
    member = np.repeat(np.arange(len(members)), count)
    step = np.arange(len(member)) - np.repeat(np.cumsum(count) - count, count)
    extra = 2.0 * rules.weights.load_spread * step * (mean / capacity[member]) ** 2
    return member, np.rint(extra * POINTS).astype(np.int64) * TIES


def _numbered(values: Ints) -> tuple[Ints, Ints]:
    distinct, first, inverse = np.unique(values, return_index=True, return_inverse=True)
    order = np.argsort(first)
    number = np.empty(len(distinct), dtype=np.int64)
    number[order] = np.arange(len(distinct))
    return distinct[order], number[inverse]
