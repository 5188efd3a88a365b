"""The exact optimum of small teams, against closed forms, a table worked out apart from this code, and itself."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from fengong.engine.staffing.exact.chart import Chart, chart_of
from fengong.engine.staffing.exact.evaluation import long_run_cost
from fengong.engine.staffing.exact.optimum import Optimum, optimum
from fengong.engine.staffing.exact.rules import (
    C_MU,
    DEDICATED,
    GENERAL_C_MU,
    HOME_FIRST,
    RESERVE,
    rule_actions,
)
from fengong.engine.staffing.exact.team import SmallTeam
from fengong.engine.staffing.limited import limited_queue

TWO_TIERS = SmallTeam((3.6, 1.5), (4, 3), ((1.0, 0.8), (0.0, 0.7)), (1.0, 4.0), (30, 30))
HOME = np.array([0, 1])
LEAST = {1: 8.776, 2: 58.75}
TRIED = {RESERVE: (0, 1), HOME_FIRST: (4,)}


@cache
def solved(power: int) -> tuple[Chart, Optimum]:
    chart = chart_of(replace(TWO_TIERS, power=power))
    return chart, optimum(chart, tolerance=2e-4)


def loss(power: int, rule: int, parameter: float = 0.0) -> float:
    chart, best = solved(power)
    actions = rule_actions(chart, rule, home=HOME, costs=np.array(TWO_TIERS.costs), parameter=parameter)
    return 100 * (long_run_cost(chart, actions, tolerance=2e-4, start=best.values) / best.cost - 1)


@pytest.mark.parametrize("power", [1, 2])
def test_the_optimum_of_the_two_tiers(power: int):
    _, best = solved(power)
    assert best.cost == pytest.approx(LEAST[power], rel=2e-4)
    assert best.least <= best.cost <= best.most <= best.least * 1.0003


@pytest.mark.parametrize(
    "rule, linear, quadratic",
    [(DEDICATED, 27.7, 99.6), (C_MU, 9.6, 8.3), (RESERVE, 2.9, 8.3), (HOME_FIRST, 1.8, 1.5)],
)
def test_what_classical_rules_lose(rule: int, linear: float, quadratic: float):
    for power, known in ((1, linear), (2, quadratic)):
        found = min(loss(power, rule, parameter) for parameter in TRIED.get(rule, (0,)))
        assert found == pytest.approx(known, abs=0.15)


def test_what_generalised_c_mu_loses():
    assert loss(2, GENERAL_C_MU) == pytest.approx(15.3, abs=1.0)  # ties may be broken otherwise there


def test_the_best_threshold_for_quadratic_costs_is_one_lower():
    assert loss(2, HOME_FIRST, 3) < loss(2, HOME_FIRST, 4)


def test_one_kind_and_one_group_are_the_queue_in_closed_form():
    team = SmallTeam((2.7,), (3,), ((1.0,),), (1.0,), (30,))
    closed = limited_queue(arrival_rate=2.7, service_rate=1.0, servers=3, places=33)
    chart = chart_of(team)
    actions = rule_actions(chart, C_MU, home=np.array([0]), costs=np.ones(1))
    assert long_run_cost(chart, actions, tolerance=1e-6) == pytest.approx(closed.mean_queue, rel=1e-5)


def test_the_policy_found_costs_what_was_promised():
    chart, best = solved(1)
    assert long_run_cost(chart, best.actions, tolerance=2e-4) == pytest.approx(best.cost, rel=4e-4)


@pytest.mark.parametrize(
    "change", [{"power": 3}, {"members": (4, 0)}, {"costs": (1.0,)}, {"rates": ((1.0, 0.8), (0.0, 0.0))}]
)
def test_what_is_no_team_is_refused(change: dict[str, object]):
    with pytest.raises(ValueError):
        replace(TWO_TIERS, **change)
