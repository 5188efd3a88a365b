"""How good and how fast one batch is: ours beside OR-Tools' flow, scipy's sparse assignment and greed, on one problem.

Ours is the whole call, from arrays to matches: eligibility, prices, pruning, assignment. The peers are given the priced
pairs; their times are that much too good. Values are what the matches gain against waiting, in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import TypeVar

import numpy as np

from benchmarks.matching import peers
from benchmarks.matching.desk import ALL, SEED, TOPICS, TWENTY, later, structured
from benchmarks.shape import Figure, Options, Report
from fengong.engine.routing.arrays import Scene
from fengong.engine.routing.kernels.assignment import Market
from fengong.engine.routing.kernels.incremental import open_market, solve_fresh, solve_from
from fengong.engine.routing.policies import policy
from fengong.engine.routing.rematching import Rematching
from fengong.engine.routing.view import moment_of

Answer = TypeVar("Answer")

LIVE = ((1000, 300, 15.0, 200), (10_000, 2000, 300.0, 30))  # tickets, members, most ms at p95, runs
SEVERAL = ((1000, 300, 3), (10_000, 2000, 3), (10_000, 2000, 5))
CHANGED = 0.01


def run(options: Options) -> Report:
    """Wall time; everything runs once before it is measured."""
    figures: list[Figure] = []
    summary: dict[str, float] = {}
    for tickets, members, bound, runs in ((200, 60, 15.0, 5),) if options.quick else LIVE:
        figures += _live(tickets, members, bound, runs, summary)
    for case in ((200, 60, 3),) if options.quick else SEVERAL:
        figures += _several(*case)
    figures += _again(*((200, 60) if options.quick else LIVE[-1][:2]), summary)
    notes = (
        "wall time on one core; ours is the whole call, peers are given the priced pairs; values in points gained",
        f"{TOPICS} topics, 1 to 4 per member, priorities 1 to 4, seed {SEED}; 20 candidates per ticket",
    )
    return Report(tuple(figures), summary, notes)


def _live(tickets: int, members: int, bound: float, runs: int, summary: dict[str, float]) -> Iterator[Figure]:
    """One ticket per member and 20 candidates each: the goal, and the peers on the same problem."""
    scene = replace(structured(tickets, members, 1), rules=TWENTY)
    label, market = f"{tickets} × {members}", _market(scene)
    times, _ = _timed(partial(_ours, scene), runs)
    middle, late = float(np.percentile(times, 50)), float(np.percentile(times, 95))
    summary[f"p95_ms_{tickets}_{members}"] = late
    yield Figure(f"{label}: whole call, p50", middle, "ms")
    yield Figure(f"{label}: whole call, p95", late, "ms", bound, "bound")
    standing_times, standing = _timed(partial(solve_fresh, market), runs)
    mine = peers.value(market, standing.match)
    yield Figure(f"{label}: assignment alone, p50", float(np.median(standing_times)), "ms")
    for name, peer in (
        ("OR-Tools min-cost flow", peers.flow),
        ("scipy sparse assignment", peers.bipartite),
        ("greedy in Python", peers.greedy),
    ):
        spent, theirs = _timed(partial(peer, market), max(3, runs // 10))
        yield Figure(f"{label}: time", middle, "ms", float(np.median(spent)), name)
        yield Figure(f"{label}: value", mine, "points", theirs, name, "more")
    unpruned = peers.bipartite(_market(replace(scene, rules=ALL)))
    yield Figure(f"{label}: value", mine, "points", unpruned, "optimum over all pairs", "more")
    summary[f"of_optimum_{tickets}_{members}"] = mine / unpruned


def _several(tickets: int, members: int, slots: int) -> Iterator[Figure]:
    """Room for several tickets each."""
    scene = replace(structured(tickets, members, slots), rules=TWENTY)
    label, market = f"{tickets} × {members}, room for {slots}", _market(scene)
    times, _ = _timed(partial(_ours, scene), 5)
    mine = peers.value(market, solve_fresh(market).match)
    for name, peer in (("OR-Tools min-cost flow", peers.flow), ("greedy in Python", peers.greedy)):
        spent, theirs = _timed(partial(peer, market), 3)
        yield Figure(f"{label}: time", float(np.median(times)), "ms", float(np.median(spent)), name)
        yield Figure(f"{label}: value", mine, "points", theirs, name, "more")


def _again(tickets: int, members: int, summary: dict[str, float]) -> Iterator[Figure]:
    """One hundredth of tickets and members changed since the last time."""
    for slots in (1, 3):
        begun = replace(structured(tickets + int(tickets * CHANGED), members, slots), rules=TWENTY)
        before = replace(begun, queue=begun.queue.take(np.arange(tickets)))
        now = later(begun, CHANGED)
        memory = Rematching()
        memory.assign(before.pool, before.queue, 0.0, TWENTY)
        moment = moment_of(now)
        book, pairs, market = open_market(moment)
        prices, hint = memory.recall(moment, book, pairs)
        fresh, first = _timed(partial(solve_fresh, market), 9)
        again, second = _timed(partial(solve_from, market, prices, hint), 9)
        label = f"{tickets} × {members}, room for {slots}, 1 % changed"
        yield Figure(
            f"{label}: assignment", float(np.median(again)), "ms", float(np.median(fresh)), "from nothing"
        )
        values = peers.value(market, second.match), peers.value(market, first.match)
        yield Figure(f"{label}: value", values[0], "points", values[1], "from nothing", "more")
        summary[f"again_times_faster_{slots}"] = float(np.median(fresh) / np.median(again))


def _ours(scene: Scene) -> int:
    """As dispatch calls it."""
    return len(policy("fengong").assign(scene.pool, scene.queue, scene.now, scene.rules)[0])


def _market(scene: Scene) -> Market:
    market: Market = open_market(moment_of(scene))[2]
    return market


def _timed(work: Callable[[], Answer], runs: int) -> tuple[list[float], Answer]:
    """Milliseconds of each run after a first that does not count, and the last answer."""
    answer, spent = work(), []
    for _ in range(runs):
        begun = perf_counter()
        answer = work()
        spent.append(1000 * (perf_counter() - begun))
    return spent, answer
