"""Six skill graphs under first come first served with the longest-idle member, against the exact product form."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.validation.lengths import needed
from benchmarks.validation.queues import RUNS, Setting
from benchmarks.validation.systems import System, graph
from fengong.engine.staffing.alis import skill_queue

ONLY_0, ONLY_1, BOTH = (0,), (1,), (0, 1)


def graphs() -> Iterator[tuple[str, System]]:
    """Name and system; rates per minute."""
    yield "N", graph((1.6, 1.6), *[(ONLY_0, 1.0)] * 2, *[(BOTH, 1.0)] * 2)
    yield "W", graph((2.4, 2.6), *[(ONLY_0, 1.0)] * 2, *[(BOTH, 1.0)] * 2, *[(ONLY_1, 1.0)] * 2)
    tiers = graph((3.0, 1.2, 0.4), *[(ONLY_0, 1.0)] * 3, *[(BOTH, 1.0)] * 2, ((0, 1, 2), 1.0))
    yield "three tiers", tiers
    ring = tuple(((place % 3, (place + 1) % 3), 1.0) for place in range(6))
    yield "ring of two skills", graph((1.8,) * 3, *ring)
    yield "everybody everything", graph((1.8,) * 3, *[((0, 1, 2), 1.0)] * 6)
    speeds = (ONLY_0, 1.2), (ONLY_0, 0.8), (BOTH, 1.0), (BOTH, 1.5)
    yield "N, unequal speeds", graph((1.7, 1.9), *speeds)


def graph_settings() -> Iterator[Setting]:
    """The graphs with their exact waits and shares delayed, class by class."""
    for name, system in graphs():
        found = skill_queue(
            arrival_rates=system.arrival_rates,
            service_rates=[group.speed for group in system.groups],
            skills=[[skill.topic for skill in group.skills] for group in system.groups],
        )
        exact = {}
        for topic in range(len(system.arrival_rates)):
            exact[f"delayed, class {topic}"] = float(found.p_wait[topic])
            exact[f"wait, class {topic}"] = float(found.mean_wait[topic])
        yield Setting("skill graphs", name, system, exact, _unit(system))


def _unit(system: System) -> float:
    """As long as for one line of the same size, which is calmer, and a third more for the classes apart."""
    speed = sum(group.speed for group in system.groups) / system.members
    load = sum(system.arrival_rates) / speed
    return 1.3 * needed(system.members, load, 1.0, runs=RUNS) / speed
