"""Erlang A: published values, exact arithmetic in every regime, and its place between Erlang B and C."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.staffing.erlang import erlang_b, erlang_c
from fengong.engine.staffing.impatient import impatient_queue
from tests.engine.staffing import exact

ROUNDING = 1 + 1e-12


def queue_of(arrivals, service, patience, servers):
    return impatient_queue(
        arrival_rate=arrivals, service_rate=service, abandonment_rate=patience, servers=servers
    )


@pytest.mark.parametrize(
    ("rates", "p_wait", "p_abandon", "mean_wait", "occupancy"),
    [
        ((10, 1, 0.5, 10), 0.619655230884, 0.103913212326, 0.207826424653, 0.896086787674),
        ((10, 1, 1, 10), 0.542070285528, 0.125110035721, 0.125110035721, 0.874889964279),
        ((48, 1, 0.5, 50), 0.467774068554, 0.0309122491622, 0.0618244983244, 0.930324240804),
        ((100, 1, 0.5, 100), 0.59670313802, 0.0330301525283, 0.0660603050566, 0.966969847472),
        ((100, 1, 0.5, 110), 0.191269224229, 0.00599459052003, 0.0119891810401, 0.903641281345),
        ((102, 1, 1, 100), 0.591718634519, 0.0499179759998, 0.0499179759998, 0.96908366448),
        ((4.2, 0.5, 1, 12), 0.127372281809, 0.0296789055424, 0.0296789055424, 0.67922476612),
        ((1000, 1, 0.1, 1030), 0.23246826738, 0.000656665321899, 0.00656665321899, 0.97023624726),
    ],
)
def test_known_values(rates, p_wait, p_abandon, mean_wait, occupancy):
    queue = queue_of(*rates)
    assert queue.p_wait == pytest.approx(p_wait, rel=1e-11)
    assert queue.p_abandon == pytest.approx(p_abandon, rel=1e-11)
    assert queue.mean_wait == pytest.approx(mean_wait, rel=1e-11)
    assert queue.occupancy == pytest.approx(occupancy, rel=1e-11)


@pytest.mark.parametrize("servers", [1, 4, 25, 180, 1000, 5000])
@pytest.mark.parametrize("factor", [0.3, 0.9, 0.99, 1, 1.02, 1.3, 3])
@pytest.mark.parametrize("patience", [0.02, 0.5, 1, 20])
def test_it_is_precise(servers, factor, patience):
    queue = queue_of(servers * factor, 1.0, patience, servers)
    found = exact.states(servers * factor, 1.0, servers, patience=patience)
    assert queue.p_wait == pytest.approx(float(found.p_wait), rel=1e-11, abs=1e-300)
    assert queue.mean_queue == pytest.approx(float(found.mean_queue), rel=1e-11, abs=1e-300)
    assert queue.p_abandon == pytest.approx(
        patience * float(found.mean_queue) / servers / factor, rel=1e-11, abs=1e-300
    )
    assert queue.occupancy == pytest.approx(float(found.busy) / servers, rel=1e-11)


@pytest.mark.parametrize("rates", [(10, 1, 0.5, 10), (4.2, 0.5, 1, 12), (9, 1, 0.3, 4), (30, 1, 2, 33)])
@pytest.mark.parametrize("time", [0.0, 0.01, 0.3, 1.0, 4.0])
def test_the_distribution_of_waits_is_precise(rates, time):
    assert queue_of(*rates).p_wait_over(time) == pytest.approx(
        exact.impatient_wait_over(time, *rates), rel=1e-11
    )


@settings(deadline=None)
@given(
    st.integers(1, 150), st.floats(0.2, 2.5), st.floats(0.02, 10), st.floats(0.0, 3), st.floats(0.05, 0.99)
)
def test_its_figures_agree_with_each_other(servers, factor, patience, time, rank):
    queue = queue_of(servers * factor, 1.0, patience, servers)
    assert queue.p_wait_over(0) == pytest.approx(queue.p_wait, rel=1e-10, abs=1e-200)
    answered = 1 - queue.p_abandon
    assert queue.p_answered_after(0) == pytest.approx(queue.p_wait - queue.p_abandon, rel=1e-7, abs=1e-12)
    assert queue.p_answered_after(time) <= queue.p_wait_over(time) * (1 + 1e-10)
    assert 0 <= queue.service_level(time) <= answered
    wait = queue.wait_percentile(rank)
    assert queue.p_wait_over(wait) <= (1 - rank) * (1 + 1e-7)
    assert not wait or queue.p_wait_over(wait) == pytest.approx(1 - rank, rel=1e-7)


@pytest.mark.parametrize("rates", [(10, 1, 0.5, 10), (30, 1, 2, 20)])
def test_the_mean_wait_is_the_area_under_the_distribution(rates):
    queue, step = queue_of(*rates), 0.002
    ordinates = [queue.p_wait_over(index * step) for index in range(6001)]
    simpson = (
        step / 3 * (ordinates[0] + ordinates[-1] + 4 * sum(ordinates[1:-1:2]) + 2 * sum(ordinates[2:-1:2]))
    )
    assert queue.mean_wait == pytest.approx(simpson, rel=1e-9)


@given(st.integers(1, 200), st.floats(0.05, 0.98), st.floats(0.01, 20))
def test_it_lies_between_erlang_b_and_c(servers, factor, patience):
    load = servers * factor
    waiting = queue_of(load, 1.0, patience, servers).p_wait
    assert erlang_b(servers, load) * (1 - 1e-12) <= waiting <= erlang_c(servers, load) * (1 + 1e-12)


def test_the_ends_of_patience_are_erlang_c_and_b():
    assert queue_of(9, 1, 1e-7, 10).p_wait == pytest.approx(erlang_c(10, 9), rel=1e-4)
    assert queue_of(9, 1, 1e9, 10).p_abandon == pytest.approx(erlang_b(10, 9), rel=1e-6)


@given(st.integers(1, 150), st.floats(0.1, 2.5), st.floats(0.05, 10))
def test_more_servers_and_less_load_are_better(servers, factor, patience):
    queue = queue_of(servers * factor, 1.0, patience, servers)
    more = queue_of(servers * factor, 1.0, patience, servers + 1)
    busier = queue_of(servers * factor * 1.01, 1.0, patience, servers)
    for better, worse in ((more, queue), (queue, busier)):
        assert better.p_wait <= worse.p_wait * ROUNDING
        assert better.p_abandon <= worse.p_abandon * ROUNDING
        assert better.occupancy <= worse.occupancy * ROUNDING


def test_thousands_of_servers_far_from_balance():
    calm = queue_of(100.0, 1.0, 0.5, 5000)
    assert calm.p_wait == calm.p_abandon == calm.p_wait_over(1.0) == calm.wait_percentile(0.9) == 0
    swamped = queue_of(50_000.0, 1.0, 0.01, 5000)
    assert swamped.p_abandon == pytest.approx(0.9, rel=1e-9)
    assert swamped.p_wait == pytest.approx(1.0)
    assert swamped.mean_wait == pytest.approx(90.0, rel=1e-9)


def test_what_cannot_be_is_refused_by_name():
    with pytest.raises(ValueError, match="abandonment_rate"):
        queue_of(10, 1, 0, 10)
    with pytest.raises(ValueError, match="abandonment_rate is too small"):
        queue_of(20, 1, 1e-9, 10)
    with pytest.raises(ValueError, match="servers"):
        queue_of(10, 1, 1, 0)
