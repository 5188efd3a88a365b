"""How fast coverage is worked out: from nothing beside the bound of a second, after one change, and beside plain loops.

From nothing is the whole of it: arrays to ranked findings. The loops go cell by cell and member by member, as one would
write the definition down, on a desk so small that they end; ours is timed on that desk too, and finds the same counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from time import perf_counter, process_time

import numpy as np

from benchmarks.coverage.loops import covering
from benchmarks.coverage.team import CHANNELS, SEED, desk
from benchmarks.desk.places import play, sqlite
from benchmarks.shape import Figure, Options, Report, Value
from fengong.engine.coverage.candidates import candidates
from fengong.engine.coverage.closing import best
from fengong.engine.coverage.comparison import compare
from fengong.engine.coverage.cover import Coverage, cover
from fengong.engine.coverage.shortage import shortages
from fengong.engine.coverage.team import Team

BOUND, SHOWN = 1000.0, 300.0  # ms
RUNS = 7


def run(options: Options) -> Report:
    """Medians of several runs after one that does not count."""
    members, topics = (60, 12) if options.quick else (500, 100)
    summary: dict[str, Value] = {}
    figures = [*_large(desk(members, topics), summary), *_small(desk(12, 4, channels=2), summary)]
    figures += _product(members, topics, 400 if options.quick else 40_000, summary)
    notes = (
        f"168 hours, {CHANNELS} channels, 3 difficulties, 12 positions, seed {SEED}; one process",
        "processor time, all threads together, so a busy machine and several cores neither help nor harm much; "
        "the wall time of the whole is given too",
        f"of the large desk: {summary['findings']} findings",
        "through the product: wall time in one process on SQLite; pages as a browser asks for them, signed in",
    )
    return Report(tuple(figures), summary, notes)


def _large(team: Team, summary: dict[str, Value]) -> Iterator[Figure]:
    label = f"{team.members} × {team.topics} × {team.hours}"
    spent, wall = _timed(lambda: _whole(team))
    before = _whole(team)
    summary |= {"whole_ms": spent, "whole_wall_ms": wall, "bound_over_whole": BOUND / spent}
    summary["findings"] = len(before.findings)
    yield Figure(f"{label}: from nothing to findings", spent, "ms", BOUND, "bound")
    yield Figure(f"{label}: the same, wall time", wall, "ms", BOUND, "bound")
    for name, later in _changes(team):
        again, _ = _timed(partial(_whole, later, before))
        summary[f"{name}_ms"] = again
        yield Figure(f"{label}: after one change of {name}", again, "ms", spent, "from nothing")
    after = _whole(later, before)
    yield Figure(
        f"{label}: what that change opens and closes", _timed(lambda: compare(before, after))[0], "ms"
    )
    short, _ = _timed(lambda: shortages(before), 3)
    summary["shortage_ms"] = short
    yield Figure(f"{label}: shortage, exact, all hours", short, "ms", BOUND, "bound")
    moves = candidates(before)
    weighed, _ = _timed(lambda: best(before, moves), 1)
    yield Figure(f"{label}: one move weighed, of {len(moves)}", weighed / max(1, len(moves)), "ms")


def _product(members: int, topics: int, tickets: int, summary: dict[str, Value]) -> Iterator[Figure]:
    with sqlite(["coverage"]) as places:
        size = {"members": members, "topics": topics, "tickets": tickets}
        told = play("benchmarks.coverage", "product", places["coverage"], **size)
    summary |= {f"product_{name}": value for name, value in told.items()}
    yield Figure("product: tables to findings, from nothing", told["from_nothing"], "ms", BOUND, "bound")
    yield Figure("product: the same after one change of skill", told["skill"], "ms", BOUND, "bound")
    yield Figure("product: page after a change", told["page_after_change"], "ms", BOUND, "bound")
    yield Figure("product: page", told["page"], "ms", SHOWN, "bound")
    yield Figure("product: what stands behind a cell, page", told["cell"], "ms", SHOWN, "bound")
    yield Figure("product: warning before leave is saved", told["warning"], "ms", SHOWN, "bound")


def _changes(team: Team) -> Iterator[tuple[str, Team]]:
    skills, roster = team.proficiency.copy(), team.roster.copy()
    skills[3, 5] = 5.0 if skills[3, 5] < 5 else 1.0
    roster[3] = 0.0
    yield "skill", replace(team, proficiency=skills)
    yield "duty", replace(team, duties=team.duties[:-1])
    yield "absence", replace(team, roster=roster)


def _small(team: Team, summary: dict[str, Value]) -> Iterator[Figure]:
    label = f"{team.members} × {team.topics} × {team.hours}"
    ours, _ = _timed(lambda: _whole(team))
    naive, _ = _timed(lambda: covering(team), 1)
    counts = np.stack([cover(team).count(topic) for topic in range(team.topics)])
    assert np.array_equal(counts, covering(team))
    summary["times_loops"] = naive / ours
    yield Figure(f"{label}: from nothing to findings", ours, "ms", naive, "plain loops (counts only)")


def _whole(team: Team, before: Coverage | None = None) -> Coverage:
    """Everything, findings too; a copy of the team, so that nothing kept with it from the last run helps."""
    made = cover(team if before else replace(team), before)
    assert made.findings is not None
    return made


def _timed(work: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """Milliseconds in the middle: of the processor, and by the clock on the wall."""
    work()
    spent = []
    for _ in range(runs):
        begun = process_time(), perf_counter()
        work()
        spent.append((process_time() - begun[0], perf_counter() - begun[1]))
    middle = 1000 * np.median(np.array(spent), axis=0)
    return float(middle[0]), float(middle[1])
