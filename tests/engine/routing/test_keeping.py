"""Prices that keep members free: against the equation they solve, at limits, and against exact optima."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.small_teams import TWO_TIERS, drawn, loss, stage_of
from fengong.engine.routing.keeping import keep_prices
from fengong.engine.routing.kernels.keeping import keep_price, next_pair, worth_taking
from fengong.engine.simulation.keeping.play import played_cost
from fengong.engine.simulation.keeping.search import tuned_keeping
from fengong.engine.simulation.keeping.table import keeping_actions
from fengong.engine.staffing.exact.chart import chart_of
from fengong.engine.staffing.exact.evaluation import long_run_cost
from fengong.engine.staffing.exact.optimum import optimum
from fengong.engine.staffing.marginal import marginal_costs

TIERS = {
    "arrivals": (3.6, 1.5),
    "members": (4, 3),
    "minutes": ((1.0, 1.25), (0.0, 1 / 0.7)),
    "costs": (1.0, 4.0),
}


@pytest.mark.parametrize("power", [1, 2])
@pytest.mark.parametrize("servers, arrivals", [(1, 0.5), (4, 3.2), (300, 285.0)])
def test_marginal_costs_solve_the_equation_of_the_average_cost(servers: int, arrivals: float, power: int):
    steps, mean = marginal_costs(
        servers=servers, arrival_rate=arrivals, service_rate=1.0, most=20, power=power
    )
    for present in range(servers + 20):
        cost = max(present - servers, 0) ** power
        done = min(present, servers) * steps[present]
        assert arrivals * steps[present + 1] == pytest.approx(mean - cost + done, rel=1e-6, abs=1e-9)


def test_the_fewer_are_free_the_dearer_they_are():
    keeping = keep_prices(**TIERS)
    prices = [keep_price(keeping, 0, 1, free) for free in (1, 2, 3)]
    assert prices == sorted(prices, reverse=True) and prices[-1] > 0


def test_home_takes_its_own_at_once_and_others_help_when_enough_wait():
    keeping = keep_prices(**TIERS)
    assert worth_taking(keeping, 0, 0, 1, 1) > 0
    assert worth_taking(keeping, 0, 1, 1, 1) == 0
    assert worth_taking(keeping, 0, 1, 20, 1) > 0
    assert worth_taking(keeping, 1, 0, 20, 4) == 0


def test_numbers_beyond_the_tables_count_as_the_last():
    keeping = keep_prices(**TIERS, most_waiting=30)
    assert worth_taking(keeping, 0, 1, 500, 9) == worth_taking(keeping, 0, 1, 30, 3)
    assert worth_taking(keeping, 0, 0, 0, 2) == 0


def test_nobody_free_or_nobody_waiting_is_no_pair():
    keeping = keep_prices(**TIERS)
    assert next_pair(keeping, np.array([5, 5]), np.array([0, 0]))[0] == -1
    assert next_pair(keeping, np.array([0, 0]), np.array([4, 3]))[0] == -1
    assert next_pair(keeping, np.array([1, 0]), np.array([1, 3])) == (0, 0)


def test_groups_of_hundreds_need_no_more_than_small_ones():
    prices = keep_prices(
        arrivals=(190.0, 60.0), members=(200, 120), minutes=((1.0, 1.2), (0.0, 1.5)), costs=(1.0, 3.0)
    )
    assert np.isfinite(prices.price).all() and prices.price[0, 1, 1] > prices.price[0, 1, 60] > 0


def test_work_beyond_the_team_is_refused():
    with pytest.raises(ValueError, match="cannot do the work"):
        keep_prices(arrivals=(9.0, 1.5), members=(4, 3), minutes=TIERS["minutes"], costs=(1.0, 4.0))
    with pytest.raises(ValueError, match="agree"):
        keep_prices(arrivals=(1.0,), members=(4, 3), minutes=TIERS["minutes"], costs=(1.0, 4.0))


def test_the_play_agrees_with_the_exact_cost():
    team, chart = drawn(5, 5)[4], chart_of(drawn(5, 5)[4])
    stage = stage_of(team)
    keeping = tuned_keeping(stage, events=20_000).keeping
    exact = long_run_cost(chart, keeping_actions(chart, keeping))
    assert played_cost(stage, keeping, 4_000_000, np.random.default_rng(3)) == pytest.approx(exact, rel=0.05)


def test_tuning_is_reproducible():
    stage = stage_of(TWO_TIERS)
    assert tuned_keeping(stage, events=20_000).cost == tuned_keeping(stage, events=20_000).cost


@pytest.mark.parametrize("team", [TWO_TIERS, drawn(5, 5)[4]])
def test_close_to_the_optimum(team):
    chart = chart_of(team)
    best = optimum(chart)
    tuned = tuned_keeping(stage_of(team), events=400_000)
    assert loss(chart, best, keeping_actions(chart, tuned.keeping)) <= 2.0
