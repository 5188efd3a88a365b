"""The square-root rule: its published constants, and how near it comes to the exact answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.engine.staffing.impatient import impatient_queue
from fengong.engine.staffing.square_root import garnett, halfin_whitt, quality_for, square_root_staffing

LOADS = (5, 10, 20, 50, 100, 200, 500, 1000)


@pytest.mark.parametrize(
    ("p_wait", "quality"), [(0.5, 0.506054), (0.3, 0.828945), (0.2, 1.06152), (0.1, 1.42019), (0.05, 1.73984)]
)
def test_known_qualities(p_wait, quality):
    assert quality_for(p_wait) == pytest.approx(quality, rel=5e-6)


@pytest.mark.parametrize(("p_wait", "one_short"), [(0.5, ()), (0.2, (20, 500)), (0.1, (10, 500, 1000))])
def test_the_rule_is_one_server_short_at_most(p_wait, one_short):
    for load in LOADS:
        rule = square_root_staffing(arrival_rate=float(load), service_rate=1.0, p_wait=p_wait)
        assert rule.exact_servers - rule.servers == (load in one_short)
        assert rule.exact_p_wait <= p_wait
        assert (rule.p_wait > p_wait) == (load in one_short)


@pytest.mark.parametrize(
    ("load", "servers", "rule", "exact"),
    [
        (100, 90, 0.9312, 0.9377),
        (100, 100, 0.5858, 0.5967),
        (100, 110, 0.1790, 0.1913),
        (1000, 968, 0.9333, 0.9353),
        (1000, 1000, 0.5858, 0.5893),
        (1000, 1032, 0.1756, 0.1795),
    ],
)
def test_known_values_with_abandonment(load, servers, rule, exact):
    assert garnett((servers - load) / load**0.5, 0.5) == pytest.approx(rule, abs=5e-5)
    queue = impatient_queue(arrival_rate=load, service_rate=1.0, abandonment_rate=0.5, servers=servers)
    assert queue.p_wait == pytest.approx(exact, abs=5e-5)


@given(st.floats(0.0001, 0.999))
def test_quality_is_the_inverse(p_wait):
    assert halfin_whitt(quality_for(p_wait)) == pytest.approx(p_wait, rel=1e-9)
    assert garnett(quality_for(p_wait, 0.7, 2.0), 0.7, 2.0) == pytest.approx(p_wait, rel=1e-6)


@given(st.floats(-30, 30), st.floats(0.01, 100))
def test_more_quality_means_less_waiting(quality, patience):
    assert garnett(quality + 0.01, patience) <= garnett(quality, patience) * (1 + 1e-12)


def test_endless_patience_is_halfin_whitt():
    assert garnett(1.2, 1e-12) == pytest.approx(halfin_whitt(1.2), rel=1e-5)


def test_equal_rates_are_the_normal_tail():
    assert garnett(0.0, 1.0) == pytest.approx(0.5)
    assert garnett(1.0, 1.0) == pytest.approx(0.15865525393145707, rel=1e-12)


@pytest.mark.parametrize("patience", [0.2, 1.0, 4.0])
def test_the_rule_with_abandonment_is_near_for_large_teams(patience):
    rule = square_root_staffing(arrival_rate=900.0, service_rate=1.5, p_wait=0.25, abandonment_rate=patience)
    assert abs(rule.servers - rule.exact_servers) <= 1
    assert rule.exact_p_wait <= 0.25


def test_what_cannot_be_is_refused_by_name():
    with pytest.raises(ValueError, match="quality"):
        halfin_whitt(0.0)
    with pytest.raises(ValueError, match="quality"):
        garnett(float("nan"), 1.0)
    with pytest.raises(ValueError, match="p_wait"):
        quality_for(1.0)
