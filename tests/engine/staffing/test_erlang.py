"""Erlang B and C against published values and against exact arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.engine.staffing.checks import Unstable
from fengong.engine.staffing.erlang import erlang_b, erlang_b_curve, erlang_c, erlang_c_curve
from tests.engine.staffing import exact

SERVERS = (1, 2, 3, 5, 8, 13, 20, 37, 50, 99, 150, 300, 512, 1000, 2000, 3333, 5000)
FACTORS = (0.01, 0.3, 0.7, 0.9, 0.97, 0.999, 1 - 1e-9)

counts = st.integers(1, 400)
loads = st.floats(0.01, 600)


@pytest.mark.parametrize(
    ("servers", "load", "lost"),
    [
        (1, 0.5, 0.333333333333),
        (5, 3, 0.110054347826),
        (10, 5, 0.0183845703366),
        (10, 10, 0.214582343107),
        (50, 40, 0.0186906711096),
        (100, 90, 0.0269573804644),
        (100, 100, 0.0757004527109),
        (1000, 1000, 0.0248119176462),
    ],
)
def test_erlang_b_has_its_known_values(servers, load, lost):
    assert erlang_b(servers, load) == pytest.approx(lost, rel=1e-11)


@pytest.mark.parametrize("servers", SERVERS)
@pytest.mark.parametrize("factor", [*FACTORS, 1, 1.001, 1.1, 2, 50])
def test_erlang_b_is_precise(servers, factor):
    lost = float(exact.loss(servers, servers * factor))
    assert erlang_b(servers, servers * factor) == pytest.approx(lost, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("servers", SERVERS)
@pytest.mark.parametrize("factor", FACTORS)
def test_erlang_c_is_precise(servers, factor):
    delayed = float(exact.patient(servers * factor, 1.0, servers).p_wait)
    assert erlang_c(servers, servers * factor) == pytest.approx(delayed, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("load", [0.2, 7.5, 480.0, 4950.0])
def test_a_curve_holds_every_number_of_servers(load):
    lost, delayed = erlang_b_curve(5000, load), erlang_c_curve(5000, load)
    assert lost.shape == delayed.shape == (5001,)
    for servers in (0, *SERVERS):
        assert lost[servers] == pytest.approx(erlang_b(servers, load), rel=1e-12, abs=1e-300)
        expected = erlang_c(servers, load) if servers > load else 1
        assert delayed[servers] == pytest.approx(expected, rel=1e-11, abs=1e-300)


@given(counts, loads)
def test_more_servers_lose_fewer_and_more_load_loses_more(servers, load):
    lost = erlang_b(servers, load)
    assert erlang_b(servers + 1, load) <= lost <= erlang_b(servers, load * 1.01)
    assert 0 <= lost <= 1


@given(counts, st.floats(0.001, 0.99))
def test_waiting_is_likelier_than_losing(servers, factor):
    load = servers * factor
    assert erlang_b(servers, load) <= erlang_c(servers, load) <= 1
    assert erlang_c(servers + 1, load) <= erlang_c(servers, load) <= erlang_c(servers, load * 1.005)


def test_no_load_and_no_servers():
    assert erlang_b(0, 3.0) == erlang_b(0, 0.0) == 1
    assert erlang_b(4, 0.0) == erlang_c(4, 0.0) == 0
    assert np.array_equal(erlang_b_curve(2, 0.0), [1, 0, 0])
    assert np.array_equal(erlang_c_curve(2, 0.0), [1, 0, 0])


def test_what_cannot_be_is_refused_by_name():
    with pytest.raises(ValueError, match="servers"):
        erlang_b(-1, 1.0)
    with pytest.raises(ValueError, match="servers"):
        erlang_c(0, 1.0)
    with pytest.raises(ValueError, match="servers"):
        erlang_b(True, 1.0)
    with pytest.raises(ValueError, match="load"):
        erlang_b(1, float("nan"))
    with pytest.raises(Unstable, match="unstable"):
        erlang_c(5, 5.0)
