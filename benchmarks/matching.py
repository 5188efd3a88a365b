"""How good and how fast one batch is: our matching beside greedy and beside scipy's exact sparse assignment.

The case has structure, as real desks do: 30 topics, members who know one to four of them, priorities 1 to 4, many
ties. Every ticket is 30 minutes of work and a member has room for one or for five, so the exact optimum is known for
one (scipy on all pairs, unpruned) and our answer can be held to it. Worth is what a batch saves against waiting, in
points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import process_time
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.shape import Figure, Options, Report
from fengong.engine.routing.arrays import Pool, Queue, Scene
from fengong.engine.routing.costs import Prices
from fengong.engine.routing.eligibility import open_members
from fengong.engine.routing.greedy import take_greedily
from fengong.engine.routing.policies import policy
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.savings import Batch, Pairs, by_idleness, saving_pairs

Answer = TypeVar("Answer")

TOPICS, EFFORT = 30, 30.0
SIZES = ((200, 60, 1), (1000, 300, 1), (2000, 2000, 1), (10_000, 2000, 1), (10_000, 2000, 5))
QUICK = ((200, 60, 1), (200, 60, 5))


def run(options: Options) -> Report:
    """Each size once warm; the least processor time of three runs counts."""
    figures: list[Figure] = []
    ratios: list[float] = []
    losses: list[float] = []
    seconds = 0.0
    for tickets, members, slots in QUICK if options.quick else SIZES:
        scene = structured(tickets, members, slots)
        prices = Prices(scene)
        pairs = every_pair(scene, prices)
        seconds, mine = best_of_three(partial(ours, scene))
        quick, plain = best_of_three(partial(greedy, scene, pairs))
        label = f"{tickets} × {members}, room for {slots}"
        worth, greedy_worth = mine.worth(prices), plain.worth(prices)
        losses.append(1 - greedy_worth / worth)
        figures.append(Figure(f"{label}: worth", worth, "points", greedy_worth, "greedy", "more"))
        figures.append(
            Figure(f"{label}: time", 1000 * seconds, "ms", 1000 * quick, "greedy, priced pairs given")
        )
        if slots == 1:
            exact_seconds, exact = best_of_three(partial(optimum, pairs))
            ratios.append(worth / exact)
            figures.append(
                Figure(f"{label}: worth", worth, "points", exact, "scipy optimum, all pairs", "more")
            )
            whose = "scipy sparse, priced pairs given"
            figures.append(Figure(f"{label}: time", 1000 * seconds, "ms", 1000 * exact_seconds, whose))
    summary = {
        "worst_of_optimum": min(ratios),
        "greedy_loses_up_to": max(losses),
        "largest_cpu_ms": 1000 * seconds,
    }
    note = "processor time; ours is the whole call: eligibility, prices, pruning, flow, repair, greedy check"
    return Report(
        tuple(figures), summary, (note, f"{TOPICS} topics, 1 to 4 per member, priorities 1 to 4, seed 11")
    )


def every_pair(scene: Scene, prices: Prices) -> Pairs:
    """All priced pairs, none pruned: what the peers choose from, and what the optimum is the optimum of."""
    unpruned = replace(scene, rules=replace(scene.rules, top_n=len(scene.pool) + 1))
    free = by_idleness(scene, open_members(scene))
    return saving_pairs(prices, Batch.empty(unpruned), np.arange(len(scene.queue)), free)


def structured(tickets: int, members: int, slots: int) -> Scene:
    """A queue and a pool of these sizes; deterministic."""
    dice = np.random.default_rng(11)
    known = np.argsort(dice.random((members, TOPICS)), axis=1) < dice.integers(1, 5, (members, 1))
    proficiency = np.where(known, dice.integers(1, 6, (members, TOPICS)), 0)
    pool = Pool.of(np.arange(members), np.ones(members, dtype=np.int8), proficiency.astype(np.float32))
    pool.capacity[:] = slots * EFFORT
    pool.present[:] = True
    queue = Queue(
        ids=np.arange(tickets),
        topic=dice.integers(0, TOPICS, tickets),
        difficulty=dice.integers(1, 3, tickets).astype(np.int8),
        priority=dice.integers(1, 5, tickets).astype(np.int8),
        tier=np.ones(tickets, dtype=np.int8),
        effort=np.full(tickets, EFFORT),
        waiting_since=np.zeros(tickets),
        due_at=dice.choice([60.0, 240.0, 480.0], tickets),
        last_member=np.full(tickets, -1),
    )
    return Scene(pool, queue, 0.0, Rules())


def ours(scene: Scene) -> Batch:
    """The policy as dispatch calls it."""
    batch = Batch.empty(scene)
    found = policy("fengong").assign(scene.pool, scene.queue, scene.now, scene.rules)
    for ticket, member in zip(*found, strict=True):
        batch.accept(int(ticket), int(member))
    return batch


def greedy(scene: Scene, pairs: Pairs) -> Batch:
    """The best pair first, on the same priced pairs."""
    batch = Batch.empty(scene)
    take_greedily(batch, pairs)
    return batch


def optimum(pairs: Pairs) -> float:
    """The exact greatest saving with one ticket per member; each ticket may also wait in a column of its own."""
    rows, row = np.unique(pairs.tickets, return_inverse=True)
    columns, column = np.unique(pairs.members, return_inverse=True)
    ceiling = float(pairs.saving.max()) + 1.0
    waits = np.arange(len(rows))
    costs = np.concatenate((ceiling - pairs.saving, np.full(len(rows), ceiling)))
    where = (np.concatenate((row, waits)), np.concatenate((column, len(columns) + waits)))
    table = csr_matrix((costs, where), shape=(len(rows), len(columns) + len(rows)))
    chosen = min_weight_full_bipartite_matching(table)
    return float(ceiling * len(rows) - table[chosen].sum())


def best_of_three(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """Least processor seconds and the last answer."""
    spent: list[float] = []
    answers: list[Answer] = []
    for _ in range(3):
        begun = process_time()
        answers.append(work())
        spent.append(process_time() - begun)
    return min(spent), answers[-1]
