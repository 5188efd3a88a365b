"""How many events per processor second the compiled simulator makes, beside simpy and ciw on the same models.

Two models: M/M/20 at 0.9, and six kinds of calls for 90 agents who know two each, with 120 places. Events are arrivals
and departures, in all three counted the same way.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from time import process_time

from benchmarks.shape import Figure, Options, Report
from benchmarks.simulation import peers
from benchmarks.simulation.models import MANY, RATE, SERVERS, desk, queue
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.result import Result
from fengong.engine.simulation.centre.run import simulate

GOAL_QUEUE, GOAL_SKILLS, GOAL_MATCHING = 100.0, 30.0, 10.0
NOTE = (
    "events (arrivals and departures) per processor second, the best of three runs, compiled beforehand; setting up "
    "and reading out are in it. simpy and ciw run models written here for them in the usual way: for skills that is a "
    "FilterStore; beside it simpy as a clock only, with agents and lines kept by hand. ciw cannot say who of a pool "
    "knows what, so it is beside M/M/20 only."
)


def run(options: Options) -> Report:
    """Everything on one core."""
    scale = 0.02 if options.quick else 1.0
    single, skills = _single(scale), _skills(scale)
    memory, memory_note = _memory(scale)
    figures = (*single, *skills, memory)
    factors = {
        "mm20_times_simpy": _times(single[0]),
        "skills_times_simpy": _times(skills[0]),
        "skills_times_simpy_by_hand": _times(skills[1]),
        "matching_times_simpy": _times(skills[-2]),
        "matching_times_simpy_by_hand": _times(skills[-1]),
    }
    goals = f"goals: {GOAL_QUEUE:g}, {GOAL_SKILLS:g} and {GOAL_MATCHING:g} times simpy"
    return Report(figures, factors, (NOTE, goals, memory_note))


def _times(figure: Figure) -> float:
    return figure.ours / (figure.theirs or 1.0)


def _single(scale: float) -> tuple[Figure, ...]:
    simpy_speed, simpy_wait = _peer(peers.simpy_queue, 8000.0 * scale)
    ciw_speed, ciw_wait = _peer(peers.ciw_queue, 4000.0 * scale)
    quick, wait = _ours(queue(50_000.0 * scale), "alis")
    events, _ = _ours(queue(20_000.0 * scale), "alis", records=1)
    label = f"M/M/{SERVERS} at {RATE / SERVERS:g}"
    return (
        Figure(label, quick / 1e6, "M/s", simpy_speed / 1e6, "simpy", "more"),
        Figure(label, quick / 1e6, "M/s", ciw_speed / 1e6, "ciw", "more"),
        Figure(f"{label}, event by event", events / 1e6, "M/s", simpy_speed / 1e6, "simpy", "more"),
        Figure(f"{label}: mean wait", wait, "min", simpy_wait, "simpy, a shorter run"),
        Figure(f"{label}: mean wait", wait, "min", ciw_wait, "ciw, a shorter run"),
    )


def _skills(scale: float) -> tuple[Figure, ...]:
    speed, peer_wait = _peer(peers.simpy_desk, 5000.0 * scale)
    lean, lean_wait = _peer(peers.lean_desk, 10_000.0 * scale)
    label = f"6 skills, {MANY} agents"
    figures = []
    for policy in ("alis", "generalized-cmu", "fengong"):
        ours, wait = _ours(desk((60_000.0 if policy != "fengong" else 20_000.0) * scale), policy)
        for whose, theirs in (("simpy, FilterStore", speed), ("simpy, by hand", lean)):
            figures.append(Figure(f"{label}: {policy}", ours / 1e6, "M/s", theirs / 1e6, whose, "more"))
        if policy == "alis":
            figures += [
                Figure(f"{label}: mean wait", wait, "min", theirs, f"{whose}, a shorter run")
                for whose, theirs in (("FilterStore", peer_wait), ("by hand", lean_wait))
            ]
    return tuple(figures)


def _ours(model: Model, policy: str, records: int = 0) -> tuple[float, float]:
    """Events per processor second and the mean wait."""
    simulate(model, policy=policy, seed=0, records=records)
    results: list[Result] = []
    spent = []
    for seed in (1, 2, 3):
        begun = process_time()
        results.append(simulate(model, policy=policy, seed=seed, records=records))
        spent.append((process_time() - begun) / results[-1].events)
    return 1.0 / min(spent), sum(result.mean_wait() for result in results) / len(results)


def _peer(work: Callable[[float], tuple[int, float]], horizon: float) -> tuple[float, float]:
    spent, waits = [], []
    for _ in range(3):
        begun = process_time()
        events, wait = work(horizon)
        spent.append((process_time() - begun) / events)
        waits.append(wait)
    return 1.0 / min(spent), sum(waits) / len(waits)


def _memory(scale: float) -> tuple[Figure, str]:
    short, long = (_peak(desk(horizon * scale)) for horizon in (10_000.0, 100_000.0))
    note = "memory: the most that Python and numpy held at once during a run"
    return Figure(
        "memory, ten times the horizon", long / 2**20, "MiB", short / 2**20, "the horizon once"
    ), note


def _peak(model: Model) -> int:
    tracemalloc.start()
    simulate(model, policy="alis", seed=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
