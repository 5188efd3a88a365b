"""M/M/c/K: between Erlang B, where nobody can wait, and Erlang C, where everybody can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.engine.staffing.erlang import erlang_b, erlang_c
from fengong.engine.staffing.limited import limited_queue
from fengong.engine.staffing.patient import patient_queue
from tests.engine.staffing import exact

ROUNDING = 1 + 1e-12


def queue_of(load, servers, places):
    return limited_queue(arrival_rate=load, service_rate=1.0, servers=servers, places=places)


def test_ninety_agents_and_thirty_places_to_wait():
    queue = queue_of(84.0, 90, 120)
    assert queue.p_blocked == pytest.approx(0.00364, abs=5e-6)
    assert queue.mean_wait * 10 == pytest.approx(0.4500, abs=5e-5)
    assert queue.p_wait == pytest.approx(0.3797, abs=5e-5)


@pytest.mark.parametrize("servers", [1, 6, 90, 1000, 5000])
@pytest.mark.parametrize("room", [0, 1, 30, 400])
@pytest.mark.parametrize("factor", [0.2, 0.95, 1, 1.01, 1.4, 40])
def test_it_is_precise(servers, room, factor):
    queue = queue_of(servers * factor, servers, servers + room)
    found = exact.states(servers * factor, 1.0, servers, places=servers + room)
    met_busy = (found.p_wait - found.last) / (1 - found.last)
    assert queue.p_blocked == pytest.approx(float(found.last), rel=1e-11, abs=1e-300)
    assert queue.p_admitted == pytest.approx(float(1 - found.last), rel=1e-11)
    assert queue.p_wait == pytest.approx(float(met_busy), rel=1e-11, abs=1e-300)
    assert queue.mean_queue == pytest.approx(float(found.mean_queue), rel=1e-11, abs=1e-300)
    assert queue.occupancy == pytest.approx(float(found.busy) / servers, rel=1e-11)


@given(st.integers(1, 200), st.floats(0.05, 3))
def test_without_room_to_wait_it_is_erlang_b(servers, factor):
    queue = queue_of(servers * factor, servers, servers)
    assert queue.p_blocked == pytest.approx(erlang_b(servers, servers * factor), rel=1e-13)
    assert queue.p_wait == queue.mean_wait == queue.p_wait_over(0.1) == 0


@given(st.integers(1, 100), st.floats(0.05, 0.9), st.floats(0, 2))
def test_with_room_without_end_it_is_erlang_c(servers, factor, time):
    load = servers * factor
    queue, patient = (
        queue_of(load, servers, servers + 500),
        patient_queue(arrival_rate=load, service_rate=1.0, servers=servers),
    )
    assert queue.p_wait == pytest.approx(erlang_c(servers, load), rel=1e-10)
    assert queue.mean_wait == pytest.approx(patient.mean_wait, rel=1e-10)
    assert queue.p_wait_over(time) == pytest.approx(patient.p_wait_over(time), rel=1e-9, abs=1e-15)


@given(st.integers(1, 100), st.integers(0, 60), st.floats(0.05, 3))
def test_more_room_blocks_fewer_and_lets_them_wait_longer(servers, room, factor):
    queue, roomier = (queue_of(servers * factor, servers, servers + more) for more in (room, room + 1))
    assert roomier.p_blocked <= queue.p_blocked * ROUNDING
    assert queue.mean_wait <= roomier.mean_wait * ROUNDING
    assert queue.p_wait <= roomier.p_wait * ROUNDING
    assert queue.p_wait_over(0) == pytest.approx(queue.p_wait)


def test_one_place_to_wait_is_one_exponential():
    queue = queue_of(3.0, 2, 3)
    assert queue.p_wait_over(0.7) == pytest.approx(queue.p_wait * 2.718281828459045**-1.4, rel=1e-13)


def test_thousands_of_idle_servers_block_nobody():
    queue = queue_of(50.0, 5000, 5100)
    assert (queue.p_blocked, queue.p_admitted, queue.p_wait, queue.mean_queue) == (0, 1, 0, 0)


def test_what_cannot_be_is_refused_by_name():
    with pytest.raises(ValueError, match="places"):
        queue_of(1.0, 5, 4)
    with pytest.raises(ValueError, match="servers"):
        queue_of(1.0, 0, 4)
    with pytest.raises(ValueError, match="arrival_rate"):
        queue_of(-1.0, 5, 6)
