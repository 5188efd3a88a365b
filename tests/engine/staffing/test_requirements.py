"""The least number of servers keeps the promise, and one fewer breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.staffing.erlang import erlang_b
from fengong.engine.staffing.impatient import impatient_queue
from fengong.engine.staffing.patient import patient_queue
from fengong.engine.staffing.requirements import (
    first,
    servers_for_abandonment,
    servers_for_blocking,
    servers_for_mean_wait,
    servers_for_occupancy,
    servers_for_p_wait,
    servers_for_service_level,
)

PROMISES = {
    "service level": (
        lambda **rates: servers_for_service_level(within=0.3, level=0.8, **rates),
        lambda queue: queue.service_level(0.3) >= 0.8,
    ),
    "mean wait": (
        lambda **rates: servers_for_mean_wait(mean_wait=0.1, **rates),
        lambda queue: queue.mean_wait <= 0.1,
    ),
    "waiting": (
        lambda **rates: servers_for_p_wait(p_wait=0.2, **rates),
        lambda queue: queue.p_wait <= 0.2,
    ),
    "occupancy": (
        lambda **rates: servers_for_occupancy(occupancy=0.85, **rates),
        lambda queue: queue.occupancy <= 0.85,
    ),
}

loads = st.floats(0.001, 300)


@pytest.mark.parametrize("promise", PROMISES)
@settings(deadline=None)
@given(load=loads)
def test_patient_contacts_get_the_least(promise, load):
    least, kept = PROMISES[promise]
    servers = least(arrival_rate=load, service_rate=1.0)
    assert kept(patient_queue(arrival_rate=load, service_rate=1.0, servers=servers))
    for fewer in range(max(1, servers - 3), servers):
        assert fewer <= load or not kept(patient_queue(arrival_rate=load, service_rate=1.0, servers=fewer))


@pytest.mark.parametrize("promise", PROMISES)
@settings(deadline=None)
@given(load=loads, patience=st.floats(0.05, 5))
def test_impatient_contacts_get_the_least(promise, load, patience):
    least, kept = PROMISES[promise]
    rates = {"arrival_rate": load, "service_rate": 1.0, "abandonment_rate": patience}
    servers = least(**rates)
    assert kept(impatient_queue(servers=servers, **rates))
    for fewer in range(max(1, servers - 3), servers):
        assert not kept(impatient_queue(servers=fewer, **rates))


@settings(deadline=None)
@given(load=loads, patience=st.floats(0.05, 5), share=st.floats(0.001, 0.6))
def test_few_give_up_with_the_least(load, patience, share):
    rates = {"arrival_rate": load, "service_rate": 1.0, "abandonment_rate": patience}
    servers = servers_for_abandonment(p_abandon=share, **rates)
    assert impatient_queue(servers=servers, **rates).p_abandon <= share
    assert servers == 1 or impatient_queue(servers=servers - 1, **rates).p_abandon > share


@given(st.floats(0.001, 500), st.floats(0.0001, 0.9))
def test_few_are_lost_with_the_least(load, share):
    servers = servers_for_blocking(load=load, p_blocked=share)
    assert erlang_b(servers, load) <= share < erlang_b(servers - 1, load)


@given(st.integers(0, 50), st.integers(0, 5000))
def test_the_search_finds_the_border(start, border):
    assert first(start, lambda number: number >= border) == max(start, border)


def test_thousands_of_servers():
    servers = servers_for_service_level(arrival_rate=4500.0, service_rate=1.0, within=0.01, level=0.9)
    assert 4500 < servers < 4700
    fewer = servers_for_service_level(
        arrival_rate=4500.0, service_rate=1.0, within=0.01, level=0.9, abandonment_rate=0.5
    )
    assert 4400 < fewer < servers


def test_the_least_is_the_whole_load_over_the_occupancy():
    assert servers_for_occupancy(arrival_rate=8.0, service_rate=1.0, occupancy=0.8) == 10


def test_no_arrivals_need_nobody():
    assert servers_for_mean_wait(arrival_rate=0.0, service_rate=1.0, mean_wait=1.0) == 0
    assert servers_for_blocking(load=0.0, p_blocked=0.1) == 0


def test_what_cannot_be_is_refused_by_name():
    with pytest.raises(ValueError, match="level"):
        servers_for_service_level(arrival_rate=1.0, service_rate=1.0, within=0.3, level=1.0)
    with pytest.raises(ValueError, match="within"):
        servers_for_service_level(arrival_rate=1.0, service_rate=1.0, within=-1.0, level=0.5)
    with pytest.raises(ValueError, match="mean_wait"):
        servers_for_mean_wait(arrival_rate=1.0, service_rate=1.0, mean_wait=0.0)
    with pytest.raises(ValueError, match="abandonment_rate"):
        servers_for_abandonment(arrival_rate=1.0, service_rate=1.0, abandonment_rate=0.0, p_abandon=0.1)
    with pytest.raises(ValueError, match="arrival_rate"):
        servers_for_occupancy(arrival_rate=-1.0, service_rate=1.0, occupancy=0.5)
