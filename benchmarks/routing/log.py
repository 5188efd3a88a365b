"""The contest on the incident log, which the replay's own loop runs: one batch at a time, as dispatch does live."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.routing.contest import TEST_SEED, Settings
from benchmarks.routing.contestants import AS_IT_COMES, OURS
from benchmarks.routing.finding import Finding
from benchmarks.routing.objective import points
from benchmarks.routing.scenarios.incidents import NAME, TELLS, TITLE, incident_run, incidents
from benchmarks.routing.verdict import judge
from benchmarks.shape import Options
from fengong.engine.routing.policies import POLICIES
from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.desk import Desk
from fengong.engine.simulation.experiment import Workers, run_seeds
from fengong.engine.simulation.tuning import Parameters, Plan, tune
from fengong.engine.simulation.weighing import turned, weighing_dials

RUNS = 3
DAY = 1440.0
BUDGET, SEARCH_SEEDS = 60, (1, 2)
DIALS = ("skill_fit", "over_qualification", "load_spread", "given", "waiting", "age")


def incident_finding(options: Options, settings: Settings, workers: Workers) -> Finding:
    """Every policy of live dispatch on the log. Raises MissingData."""
    desk = incidents(options)
    chosen = settings.get(NAME, {})
    seeds = range(TEST_SEED, TEST_SEED + RUNS)
    rules = {OURS: turned(Rules(), chosen.get(OURS, {})), AS_IT_COMES: Rules()}
    rules |= {name: Rules() for name in POLICIES if name != "fengong"}
    rows = {
        name: run_seeds(partial(incident_run, desk, _policy(name), own), seeds, workers)
        for name, own in rules.items()
    }
    return Finding(
        name=NAME,
        title=TITLE,
        tells=TELLS,
        runs=RUNS,
        rows=rows,
        settings=chosen,
        verdict=judge(OURS, rows),
        bounds=(),
    )


def tune_incidents(options: Options, workers: Workers) -> Settings:
    """Our weights found on the log; the other policies have no dials there."""
    desk = incidents(options)
    dials = weighing_dials(DAY, names=DIALS)
    plan = Plan(budget=BUDGET, seeds=SEARCH_SEEDS, look=1, population=6, workers=workers)
    tuned = tune(partial(_points, desk), dials, plan)
    print(f"{NAME}: {OURS}: {tuned.start:.3f} -> {tuned.value:.3f} points", flush=True)
    return {NAME: {OURS: dict(tuned.parameters)}}


def _points(desk: Desk, seed: int, parameters: Parameters) -> float:
    return float(np.asarray(points(incident_run(desk, "fengong", turned(Rules(), parameters), seed))))


def _policy(name: str) -> str:
    return "fengong" if name.startswith(OURS) else name
