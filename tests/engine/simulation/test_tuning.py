from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from fengong.engine.simulation.experiment import Workers
from fengong.engine.simulation.tuning import Dial, Plan, tune

DIALS = (Dial("x", 0.0, 10.0, 9.0), Dial("y", 0.01, 100.0, 50.0, "log"), Dial("n", 0, 12, 11, "whole"))
SEEDS = tuple(range(100, 112))


def bowl(noise: float, seed: int, parameters: dict[str, float]) -> float:
    """Least at x = 3, y = 1, n = 4; the luck of a seed is shared by all and a little is everyone's own."""
    own = np.random.default_rng([seed, int(parameters["x"] * 1e6)]).normal()
    away = (parameters["x"] - 3) ** 2 + 4 * np.log10(parameters["y"]) ** 2 + (parameters["n"] - 4) ** 2 / 4
    return float(away + 5 * np.random.default_rng(seed).normal() + noise * own)


def test_finds_the_bottom_of_a_noisy_bowl():
    tuned = tune(partial(bowl, 0.3), DIALS, Plan(budget=900, seeds=SEEDS))
    found = tuned.parameters
    assert abs(found["x"] - 3) < 0.6
    assert abs(np.log10(found["y"])) < 0.4
    assert abs(found["n"] - 4) <= 1
    assert tuned.value < tuned.start - 30


def test_stays_within_the_budget_and_says_what_it_ran():
    calls: list[tuple[int, float]] = []

    def counted(seed, parameters):
        calls.append((seed, parameters["x"]))
        return bowl(0.0, seed, parameters)

    tuned = tune(counted, DIALS, Plan(budget=200, seeds=SEEDS))
    assert len(calls) == tuned.runs <= 200
    assert {seed for seed, _ in calls} <= set(SEEDS)
    assert len(set(calls)) == len(calls)  # nothing is run twice
    assert max(trial.generation for trial in tuned.history) >= 2


def test_candidates_of_a_generation_meet_the_same_seeds_and_half_stay():
    met: dict[float, list[int]] = {}

    def watched(seed, parameters):
        met.setdefault(parameters["x"], []).append(seed)
        return bowl(0.0, seed, parameters)

    tuned = tune(watched, DIALS, Plan(budget=100, seeds=SEEDS, look=2, population=8))
    first = [trial for trial in tuned.history if trial.generation == 0]
    assert sorted(trial.runs for trial in first) == [2] * 4 + [6] * 4
    early = {tuple(met[trial.parameters["x"]][: trial.runs]) for trial in first if trial.runs == 2}
    assert early == {SEEDS[:2]}


def test_the_same_arguments_find_the_same_whoever_works():
    plan = Plan(budget=250, seeds=SEEDS)
    alone = tune(partial(bowl, 0.3), DIALS, plan)
    together = tune(partial(bowl, 0.3), DIALS, Plan(budget=250, seeds=SEEDS, workers=Workers(2, "threading")))
    assert alone == together
    other = tune(partial(bowl, 0.3), DIALS, Plan(budget=250, seeds=SEEDS, luck=1))
    assert other.history != alone.history


def test_a_change_of_scale_that_keeps_the_order_finds_the_same():
    def deterministic(seed, parameters):
        return bowl(0.0, 0, parameters)

    def squeezed(seed, parameters):
        return float(np.arctan(bowl(0.0, 0, parameters) / 100))

    plan = Plan(budget=200, seeds=(1, 2, 3))
    assert tune(deterministic, DIALS, plan).parameters == tune(squeezed, DIALS, plan).parameters


def test_is_never_worse_than_the_start_on_its_own_seeds():
    def best_at_start(seed, parameters):
        return abs(parameters["x"] - 9.0) + 0.0 * seed

    tuned = tune(best_at_start, DIALS[:1], Plan(budget=60, seeds=(5, 6)))
    assert tuned.parameters == {"x": 9.0}
    assert tuned.value == tuned.start == 0.0


def test_one_dial_is_enough_and_none_leaves_nothing_to_find():
    def objective(seed, parameters):
        return (parameters.get("n", 0) - 4) ** 2

    tuned = tune(objective, DIALS[2:], Plan(budget=150, seeds=(1, 2)))
    assert tuned.parameters == {"n": 4}
    nothing = tune(objective, (), Plan(budget=150, seeds=(1, 2)))
    assert (nothing.parameters, nothing.value, nothing.runs) == ({}, 16.0, 2)


def test_what_is_not_a_number_never_wins():
    def hole(seed, parameters):
        return float("nan") if parameters["x"] < 5 else parameters["x"]

    assert tune(hole, DIALS[:1], Plan(budget=120, seeds=(1,))).parameters["x"] >= 5


def test_refuses_what_makes_no_sense():
    with pytest.raises(ValueError, match="between"):
        Dial("x", 0, 1, 2)
    with pytest.raises(ValueError, match="positive"):
        Dial("x", 0, 1, 1, "log")
    with pytest.raises(ValueError, match="budget"):
        Plan(budget=2, seeds=(1, 2, 3))
    with pytest.raises(ValueError, match="different"):
        Plan(budget=9, seeds=(1, 1))
    with pytest.raises(ValueError, match="name"):
        tune(lambda seed, p: 0.0, [DIALS[0], DIALS[0]], Plan(budget=9, seeds=(1,)))
