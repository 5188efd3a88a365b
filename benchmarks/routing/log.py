"""The contest on the incident log, which the replay's own loop runs: one batch at a time, as dispatch does live."""

from __future__ import annotations

from functools import partial

from benchmarks.routing.contest import TEST_SEED
from benchmarks.routing.contestants import OURS
from benchmarks.routing.finding import Finding
from benchmarks.routing.scenarios.incidents import NAME, TELLS, TITLE, incident_run, incidents
from benchmarks.routing.verdict import judge
from benchmarks.shape import Options
from fengong.engine.routing.policies import POLICIES
from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.experiment import Workers, run_seeds

RUNS = 5


def incident_finding(options: Options, workers: Workers) -> Finding:
    """Every policy of live dispatch on the log, all as they come. Raises MissingData."""
    desk = incidents(options)
    seeds = range(TEST_SEED, TEST_SEED + RUNS)
    rows = {
        name: run_seeds(partial(incident_run, desk, name, Rules()), seeds, workers)
        for name in (OURS, *(name for name in POLICIES if name != OURS))
    }
    return Finding(
        name=NAME,
        title=TITLE,
        tells=TELLS,
        runs=RUNS,
        rows=rows,
        settings={},
        verdict=judge(OURS, rows),
        bounds=(),
    )
