"""Small assignment problems in plain rows, and two independent solvers to hold ours to."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import linear_sum_assignment

from fengong.engine.routing.kernels.assignment import Market, Standing

Rows = list[dict[int, int]]  # per ticket: member -> gain


@st.composite
def problems(draw, most_slots: int = 3) -> tuple[Rows, list[int], list[int]]:
    """Rows, slots and rises. Few different gains make many ties."""
    members = draw(st.integers(1, 6))
    gain = st.integers(1, draw(st.sampled_from([2, 9, 1000])))
    row = st.dictionaries(st.integers(0, members - 1), gain, max_size=4)
    rows = draw(st.lists(row, max_size=12))
    slots = draw(st.lists(st.integers(0, most_slots), min_size=members, max_size=members))
    rise = st.integers(0, draw(st.sampled_from([0, 3, 400])))
    return rows, slots, draw(st.lists(rise, min_size=members, max_size=members))


def market(rows: Rows, slots: list[int], rise: list[int]) -> Market:
    arcs = [(member, gain) for row in rows for member, gain in row.items()]
    table = np.array(arcs, dtype=np.int64).reshape(-1, 2)
    return Market(
        first=np.cumsum([0] + [len(row) for row in rows]),
        member=np.ascontiguousarray(table[:, 0]),
        gain=np.ascontiguousarray(table[:, 1]),
        slots=np.array(slots, dtype=np.int64),
        rise=np.array(rise, dtype=np.int64),
    )


def value(problem: Market, standing: Standing) -> int:
    """What the matches gain; fails if a ticket has another's arc or a member more tickets than slots."""
    won = np.flatnonzero(standing.match >= 0)
    arcs = standing.match[won]
    assert (problem.first[won] <= arcs).all() and (arcs < problem.first[won + 1]).all()
    used = np.bincount(problem.member[arcs], minlength=len(problem.slots))
    assert (used <= problem.slots).all()
    return int(problem.gain[arcs].sum() - (problem.rise * (used * (used - 1) // 2)).sum())


def by_flow(problem: Market) -> int:
    """The optimum by OR-Tools' minimum-cost flow."""
    tickets, members = len(problem.first) - 1, len(problem.slots)
    flow, sink = SimpleMinCostFlow(), tickets + members
    for ticket in range(tickets):
        flow.set_node_supply(ticket, 1)
        flow.add_arc_with_capacity_and_unit_cost(ticket, sink, 1, 0)
        for arc in range(problem.first[ticket], problem.first[ticket + 1]):
            head = tickets + int(problem.member[arc])
            flow.add_arc_with_capacity_and_unit_cost(ticket, head, 1, -int(problem.gain[arc]))
    for member in range(members):
        for nth in range(int(problem.slots[member])):
            cost = nth * int(problem.rise[member])
            flow.add_arc_with_capacity_and_unit_cost(tickets + member, sink, 1, cost)
    flow.set_node_supply(sink, -tickets)
    assert flow.solve() == flow.OPTIMAL
    return -int(flow.optimal_cost())


def by_scipy(problem: Market) -> int:
    """The optimum by scipy's dense assignment: every slot a column, and as many columns to wait in as tickets."""
    tickets = len(problem.first) - 1
    columns = [(m, nth) for m, slots in enumerate(problem.slots.tolist()) for nth in range(slots)]
    table = np.zeros((tickets, len(columns) + tickets))
    for ticket in range(tickets):
        for arc in range(problem.first[ticket], problem.first[ticket + 1]):
            for place, (member, nth) in enumerate(columns):
                if member == problem.member[arc]:
                    gain = problem.gain[arc] - nth * problem.rise[member]
                    table[ticket, place] = max(table[ticket, place], gain)
    return int(table[linear_sum_assignment(table, maximize=True)].sum())
