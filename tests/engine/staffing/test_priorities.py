"""Non-preemptive priorities: Kleinrock's conservation law, M/M/c at both ends, and waits step by step."""

from __future__ import annotations

from itertools import pairwise
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.staffing.checks import Unstable
from fengong.engine.staffing.patient import patient_queue
from fengong.engine.staffing.priorities import ClassWait, priority_waits


@st.composite
def classes(draw):
    shares = np.array(draw(st.lists(st.floats(0.02, 1), min_size=1, max_size=5)))
    servers = draw(st.integers(1, 60))
    return [float(rate) for rate in shares / shares.sum() * servers * draw(st.floats(0.1, 0.98))], servers


def walked(one: ClassWait, time: float) -> float:
    """P(W > t | W > 0) as the time a random walk takes to zero: geometric start, up `above`, down 1, uniformised."""
    ahead = np.arange(3000)
    chance = (1 - one.through) * one.through**ahead  # 1, 2, … still to be served before
    events = (1 + one.above) * one.busy_rate * time
    left, weight = 0.0, exp(-events)
    for step in range(1, int(events + 12 * events**0.5) + 40):
        left += weight * chance.sum()
        up, down = np.roll(chance, 1), np.roll(chance, -1)
        up[0] = down[-1] = 0.0
        chance = (one.above * up + down) / (1 + one.above)
        weight *= events / step
    return float(left)


@pytest.mark.parametrize(
    "rates", [[4.0, 2.5, 1.0], [1.0, 1.0, 6.0], [0.5, 5.0, 3.0], [4, 2, 2.9], [3, 3 + 1e-9, 2]]
)
@pytest.mark.parametrize("time", [0.0, 0.05, 0.4, 2.0, 9.0])
def test_the_distribution_of_waits_is_precise(rates, time):
    for one in priority_waits(arrival_rates=rates, service_rate=1.0, servers=9):
        assert one.p_wait_over(time) == pytest.approx(one.p_wait * walked(one, time), rel=1e-9, abs=1e-12)


@given(classes())
def test_kleinrocks_conservation_law(drawn):
    rates, servers = drawn
    waits = priority_waits(arrival_rates=rates, service_rate=1.0, servers=servers)
    plain = patient_queue(arrival_rate=sum(rates), service_rate=1.0, servers=servers)
    assert sum(one.mean_queue for one in waits) == pytest.approx(plain.mean_queue, rel=1e-10)
    assert all(one.p_wait == pytest.approx(plain.p_wait) for one in waits)


@settings(deadline=None)
@given(classes(), st.floats(0, 5))
def test_a_higher_class_waits_less(drawn, time):
    rates, servers = drawn
    waits = priority_waits(arrival_rates=rates, service_rate=1.0, servers=servers)
    for higher, lower in pairwise(waits):
        assert higher.mean_wait < lower.mean_wait
        assert higher.second_moment < lower.second_moment
        assert higher.p_wait_over(time) <= lower.p_wait_over(time) + 1e-12
    for one in waits:
        assert one.p_wait_over(0) == pytest.approx(one.p_wait, rel=1e-10)
        assert one.second_moment >= one.mean_wait**2


def test_one_class_is_mmc():
    (one,) = priority_waits(arrival_rates=[8.4], service_rate=1.0, servers=12)
    plain = patient_queue(arrival_rate=8.4, service_rate=1.0, servers=12)
    assert one.mean_wait == pytest.approx(plain.mean_wait, rel=1e-13)
    assert one.service_level(0.2) == pytest.approx(plain.service_level(0.2), rel=1e-13)
    assert one.second_moment == pytest.approx(2 * plain.p_wait * plain.mean_wait_if_any**2, rel=1e-13)


def test_one_server_is_cobhams_formula():
    first, second = priority_waits(arrival_rates=[0.3, 0.4], service_rate=1.0, servers=1)
    assert first.mean_wait == pytest.approx(0.7 / 0.7)
    assert second.mean_wait == pytest.approx(0.7 / (0.7 * 0.3))


@pytest.mark.parametrize("rates", [[3.0, 4.0, 1.0], [6.0, 1.0, 1.2]])
def test_moments_are_areas_under_the_distribution(rates):
    for one in priority_waits(arrival_rates=rates, service_rate=1.0, servers=9):
        span = 60 * one.mean_wait / one.p_wait
        points, weights = np.polynomial.legendre.leggauss(300)
        times = (points + 1) / 2 * span**0.5  # denser near 0
        over = np.array([one.p_wait_over(float(time) ** 2) for time in times])
        half = weights * span**0.5 / 2
        assert float((over * 2 * times) @ half) == pytest.approx(one.mean_wait, rel=1e-9)
        assert float((over * 4 * times**3) @ half) == pytest.approx(one.second_moment, rel=1e-9)


@pytest.mark.parametrize("above", [0.5, 0.99, 0.9999])
def test_the_distribution_keeps_its_total_near_saturation(above):
    _, low = priority_waits(arrival_rates=[above, (1 - above) / 2], service_rate=1.0, servers=1)
    assert low.p_wait_over(0) == pytest.approx(low.p_wait, rel=1e-10)


def test_what_cannot_be_is_refused_by_name():
    with pytest.raises(Unstable, match="unstable"):
        priority_waits(arrival_rates=[3.0, 2.0], service_rate=1.0, servers=5)
    with pytest.raises(ValueError, match="arrival_rates"):
        priority_waits(arrival_rates=[], service_rate=1.0, servers=5)
    with pytest.raises(ValueError, match="arrival_rates"):
        priority_waits(arrival_rates=[1.0, 0.0], service_rate=1.0, servers=5)
