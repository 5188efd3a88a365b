"""Runs: every policy on the same seeds of a scenario, and the search for each policy's best dials on other seeds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.routing.contestants import OURS, Contestant
from benchmarks.routing.field import CONTESTANTS, SCENARIOS
from benchmarks.routing.finding import Bound, Finding
from benchmarks.routing.objective import COLUMNS, RATES, Floats, points
from benchmarks.routing.pooled import pooled
from benchmarks.routing.reading import row
from benchmarks.routing.scenarios.scenario import Scenario
from benchmarks.routing.verdict import judge
from fengong.engine.routing.kernels.codes import ALIS, STATIC_PRIORITY
from fengong.engine.simulation.centre.run import simulate
from fengong.engine.simulation.experiment import Workers, run_seeds
from fengong.engine.simulation.tuning import Parameters, Plan, Tuned, tune

TUNED = Path(__file__).parent / "tuned.json"
TEST_SEED = 2_000  # tests from here on
SEARCH_SEED = 100  # the search, apart from them
Settings = dict[str, dict[str, dict[str, float]]]


def stored() -> Settings:
    """The dials found, by scenario and policy."""
    found: Settings = json.loads(TUNED.read_text(encoding="utf-8")) if TUNED.exists() else {}
    return found


def store(settings: Settings) -> None:
    """Keep them beside this module."""
    TUNED.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def explore(scenario: Scenario, settings: Settings, runs: int, workers: Workers) -> Finding:
    """Everything about one scenario."""
    chosen: Mapping[str, Parameters] = settings.get(scenario.name, {})
    seeds = range(TEST_SEED, TEST_SEED + runs)
    rows = {
        name: run_seeds(partial(one_run, scenario.name, name, chosen.get(name, {})), seeds, workers)
        for name in CONTESTANTS
    }
    limits = run_seeds(partial(limits_of, scenario.name), seeds, workers)
    return Finding(
        name=scenario.name,
        title=scenario.title,
        tells=scenario.tells,
        runs=runs,
        rows=rows,
        settings={name: dict(values) for name, values in chosen.items() if name in CONTESTANTS},
        verdict=judge(OURS, rows),
        bounds=_bounds(scenario, rows[OURS], limits),
    )


def one_run(scenario: str, contestant: str, parameters: Parameters, seed: int) -> Floats:
    """One row of results, f64[columns]."""
    desk, who = SCENARIOS[scenario](), CONTESTANTS[contestant]
    result = simulate(desk.model, policy=who.code, seed=seed, dials=who.turn(desk, parameters))
    return row(desk.model, result)


def limits_of(scenario: str, seed: int) -> Floats:
    """f64[2]: mean wait pooled and first come; the customers' points pooled and by priority."""
    desk = SCENARIOS[scenario]()
    merged = pooled(desk.model)
    first = simulate(merged, policy=ALIS, seed=seed)
    ranked = row(merged, simulate(merged, policy=STATIC_PRIORITY, seed=seed))
    return np.array([row(merged, first)[COLUMNS.index("wait")], customers(ranked)])


def customers(rows: Floats) -> float:
    """Points of waiting, missed promises and customers lost."""
    mine = slice(COLUMNS.index("term_waiting"), COLUMNS.index("term_lost") + 1)
    return float((rows[..., mine] @ RATES[:3]).mean())


def search(scenario: Scenario, contestant: Contestant, workers: Workers) -> Tuned:
    """The best dials of a policy on the search seeds."""
    seeds = tuple(range(SEARCH_SEED, SEARCH_SEED + scenario.search))
    plan = Plan(budget=scenario.budget, seeds=seeds, workers=workers)
    return tune(partial(_points, scenario.name, contestant.name), contestant.dials(scenario), plan)


def _points(scenario: str, contestant: str, seed: int, parameters: Parameters) -> float:
    return float(points(one_run(scenario, contestant, parameters, seed)))


def _bounds(scenario: Scenario, ours: Floats, limits: Floats) -> tuple[Bound, ...]:
    wait = float(ours[:, COLUMNS.index("wait")].mean())
    pooled_wait, ranked = limits.mean(axis=0).tolist()
    found = [
        Bound(
            "mean wait, one queue for everybody", "min", pooled_wait, wait, scenario.proven, scenario.pooled
        ),
        Bound(
            "customers' points, one queue by priority",
            "points",
            ranked,
            customers(ours),
            False,
            "everybody can do everything at the best pace, urgent first",
        ),
    ]
    return tuple(found)
