"""M/M/c: published values, exact arithmetic, and what must hold between its figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.engine.staffing.checks import Unstable
from fengong.engine.staffing.patient import patient_queue
from tests.engine.staffing import exact


@pytest.mark.parametrize(
    ("servers", "load", "p_wait", "mean_wait", "level"),
    [
        (5, 4, 0.554112554113, 0.554112554113, 0.546331011281),
        (10, 8, 0.409180150796, 0.204590075398, 0.725718342481),
        (12, 8.4, 0.183888630393, 0.0510801751093, 0.910491794311),
        (14, 10, 0.174131933595, 0.0435329833988, 0.921757478658),
        (20, 18, 0.550769004816, 0.275384502408, 0.630808495337),
        (50, 45, 0.363864467207, 0.0727728934414, 0.866141743142),
        (100, 90, 0.216940480906, 0.0216940480906, 0.970640298571),
        (1000, 970, 0.24282333618, 0.00809411120601, 0.999398101127),
    ],
)
def test_known_values(servers, load, p_wait, mean_wait, level):
    queue = patient_queue(arrival_rate=load, service_rate=1.0, servers=servers)
    assert queue.p_wait == pytest.approx(p_wait, rel=1e-11)
    assert queue.mean_wait == pytest.approx(mean_wait, rel=1e-11)
    assert queue.service_level(0.2) == pytest.approx(level, rel=1e-11)


def test_the_textbook_call_centre_without_abandonment():
    queue = patient_queue(arrival_rate=48.0, service_rate=1.0, servers=50)
    assert queue.mean_wait * 60 == pytest.approx(20.83, abs=0.005)
    assert queue.wait_percentile(0.9) * 60 == pytest.approx(58.1, abs=0.05)
    assert queue.mean_queue == pytest.approx(16.7, abs=0.05)
    assert queue.occupancy == pytest.approx(0.96)


@pytest.mark.parametrize("servers", [1, 7, 60, 900, 5000])
@pytest.mark.parametrize("factor", [0.5, 0.95, 0.9999])
def test_the_mean_queue_is_precise(servers, factor):
    arrivals, service = servers * factor * 0.3, 0.3
    queue = patient_queue(arrival_rate=arrivals, service_rate=service, servers=servers)
    expected = float(exact.patient(arrivals, service, servers).mean_queue)
    assert queue.mean_queue == pytest.approx(expected, rel=1e-10, abs=1e-300)


@given(st.integers(1, 200), st.floats(0.05, 0.99), st.floats(0.01, 0.999), st.floats(0.01, 50))
def test_a_percentile_is_the_inverse_of_the_distribution(servers, factor, rank, service):
    queue = patient_queue(arrival_rate=servers * factor * service, service_rate=service, servers=servers)
    wait = queue.wait_percentile(rank)
    if wait:
        assert queue.service_level(wait) == pytest.approx(rank, rel=1e-9)
    else:
        assert queue.service_level(0) >= rank
    assert queue.mean_wait == pytest.approx(queue.p_wait * queue.mean_wait_if_any)


def test_what_cannot_be_is_refused_by_name():
    with pytest.raises(Unstable, match="unstable: an offered load of 10 needs more than 10 servers"):
        patient_queue(arrival_rate=10, service_rate=1, servers=10)
    with pytest.raises(ValueError, match="arrival_rate"):
        patient_queue(arrival_rate=0, service_rate=1, servers=10)
    with pytest.raises(ValueError, match="service_rate"):
        patient_queue(arrival_rate=1, service_rate=float("inf"), servers=10)
    queue = patient_queue(arrival_rate=1, service_rate=1, servers=2)
    with pytest.raises(ValueError, match="rank"):
        queue.wait_percentile(1.0)
    with pytest.raises(ValueError, match="time"):
        queue.p_wait_over(-1)
