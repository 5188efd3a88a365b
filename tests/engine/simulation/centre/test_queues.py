"""Against closed forms, quickly; the long comparison is a benchmark of its own."""

from __future__ import annotations

import numpy as np
import pytest

from fengong.engine.simulation.centre.durations import Duration
from fengong.engine.simulation.centre.people import Group
from fengong.engine.simulation.centre.streams import Rates, Stream
from tests.engine.simulation.centre.models import constant, exponential, model, run, stream


def test_many_servers_wait_as_erlang_says():
    result = run(model(stream(8.0), 10, 100_000.0, warmup=500.0))
    assert result.mean_wait() == pytest.approx(0.204590, rel=0.04)
    assert result.delayed() == pytest.approx(0.409180, rel=0.02)
    assert result.occupancy() == pytest.approx(0.8, rel=0.01)
    assert result.in_queue[0] == pytest.approx(8.0 * 0.204590, rel=0.04)
    assert result.in_centre[0] == pytest.approx(8.0 * 1.204590, rel=0.02)


def test_the_histogram_knows_the_quantiles_of_waits():
    result = run(model(stream(8.0), 10, 100_000.0, warmup=500.0))
    given_delay = (
        np.log(0.409180 / 0.05) / 2.0
    )  # waits of the delayed are exponential with rate c mu - lambda
    assert result.wait_quantile(0.95) == pytest.approx(given_delay, rel=0.05)
    assert result.wait_quantile(0.5) == 0.0


def test_impatient_customers_leave_as_erlang_says():
    result = run(model(stream(10.0, patience=exponential(2.0)), 10, 40_000.0, warmup=100.0))
    assert result.abandoning() == pytest.approx(0.103913, rel=0.04)
    assert result.occupancy() == pytest.approx(0.896087, rel=0.01)


def test_limited_places_turn_away_as_erlang_says():
    result = run(model(stream(10.0), 10, 20_000.0, warmup=100.0, places=10))
    assert result.blocking() == pytest.approx(0.214582, rel=0.03)
    assert result.mean_wait() == 0.0


@pytest.mark.parametrize(
    ("effort", "wait"),
    [
        (constant(1.0), 1.5),
        (Duration.gamma(1.0, 0.5), 1.875),
        (Duration.gamma(1.0, 2.0**0.5), 4.5),
        (Duration.lognormal(1.0, 0.5), 1.875),
        (Duration.empirical([0.5, 1.5]), 1.875),
    ],
)
def test_one_server_waits_as_pollaczek_and_khinchine_say(effort: Duration, wait: float):
    result = run(model(stream(0.75, effort), 1, 200_000.0, warmup=1000.0))
    assert result.mean_wait() == pytest.approx(wait, rel=0.08)


def test_who_may_do_what_decides_who_waits():
    crew = (Group(2, {0: 3.0}), Group(2, {0: 3.0, 1: 3.0}))
    result = run(model((stream(1.6), stream(1.6, topic=1)), crew, 100_000.0, warmup=500.0))
    assert result.mean_wait(0) == pytest.approx(0.64855, rel=0.04)
    assert result.mean_wait(1) == pytest.approx(2.60770, rel=0.06)


def test_rates_by_period_are_met_in_each():
    rates = Rates.by_period((1.0, 0.0, 3.0), 60.0)
    result = run(model(Stream(rates, constant(0.1)), 3, 180.0 * 200, period=60.0, periods=3))
    assert result.counts.offered[0, 1] == 0
    assert result.counts.offered[0] / 200 == pytest.approx([60.0, 0.0, 180.0], rel=0.03)


def test_busy_days_and_calm_days_vary_as_they_should():
    rates = Rates((2.0,), busyness=25.0, day=480.0)
    result = run(model(Stream(rates, constant(0.1)), 3, 480.0 * 2000, period=480.0, periods=2000))
    days = result.counts.offered[0]
    assert days.mean() == pytest.approx(960.0, rel=0.02)
    assert days.var() == pytest.approx(960.0 + 960.0**2 / 25.0, rel=0.15)


def test_streams_of_one_family_are_busy_on_the_same_days():
    rates = Rates((2.0,), busyness=25.0, day=480.0)
    other = Rates((2.0,), busyness=25.0, day=480.0, family=1)
    streams = tuple(Stream(each, constant(0.1)) for each in (rates, rates, other))
    result = run(model(streams, 3, 480.0 * 500, period=480.0, periods=500))
    correlation = np.corrcoef(result.counts.offered)
    assert correlation[0, 1] > 0.9
    assert abs(correlation[0, 2]) < 0.2


def test_durations_may_differ_by_period():
    effort = constant(1.0).by_period((1.0, 4.0))
    rates = Rates.by_period((0.05, 0.05), 60.0)
    result = run(model(Stream(rates, effort), 5, 24_000.0, period=60.0, periods=2))
    stays = result.counts.stay_sum[0] / result.counts.served[0]
    assert stays == pytest.approx([1.0, 4.0], rel=0.01)
