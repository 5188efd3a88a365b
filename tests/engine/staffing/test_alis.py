"""FCFS-ALIS on skill graphs: known values, every order of servers in fractions, and contacts one by one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.staffing.alis import skill_queue
from fengong.engine.staffing.checks import Unstable
from fengong.engine.staffing.patient import patient_queue
from tests.engine.staffing import exact

N = [[0], [0], [0, 1], [0, 1]]
SYSTEMS = {
    "N": ([1.6, 1.6], [1.0] * 4, N, [0.64855, 2.60770], [0.51884, 0.87013], 0.8),
    "W": (
        [2.4, 2.6],
        [1.0] * 6,
        [[0]] * 2 + [[0, 1]] * 2 + [[1]] * 2,
        [0.71901, 0.78891],
        [0.63166, 0.66083],
        5 / 6,
    ),
    "tiers": (
        [3, 1.2, 0.4],
        [1.0] * 6,
        [[0]] * 3 + [[0, 1]] * 2 + [[0, 1, 2]],
        [0.29253, 0.66779, 1.87058],
        [0.40954, 0.65567, 0.87298],
        0.7667,
    ),
    "ring": ([1.8] * 3, [1.0] * 6, [[0, 1], [1, 2], [2, 0]] * 2, [1.31676] * 3, [0.76210] * 3, 0.9),
    "flexible": ([5.4], [1.0] * 6, [[0]] * 6, [1.23354], [0.74013], 0.9),
    "speeds": ([1.7, 1.9], [1.2, 0.8, 1.0, 1.5], N, [0.56793, 1.76608], [0.51114, 0.83684], None),
}


def solved(system):
    arrivals, speeds, skills, *_ = SYSTEMS[system]
    return skill_queue(arrival_rates=arrivals, service_rates=speeds, skills=skills)


@pytest.mark.parametrize("system", SYSTEMS)
def test_known_values(system):
    *_, waits, p_wait, used = SYSTEMS[system]
    queue = solved(system)
    assert queue.mean_wait == pytest.approx(np.array(waits), abs=6e-6)
    assert queue.p_wait == pytest.approx(np.array(p_wait), abs=6e-6)
    assert used is None or queue.occupancy.mean() == pytest.approx(used, abs=5e-5)


@pytest.mark.parametrize("system", ["N", "speeds"])
def test_it_is_precise(system):
    arrivals, speeds, skills, *_ = SYSTEMS[system]
    p_wait, waits = exact.by_orders(
        [Fraction(rate) for rate in arrivals],
        [Fraction(rate) for rate in speeds],
        [set(each) for each in skills],
    )
    assert solved(system).p_wait == pytest.approx(np.array(p_wait, dtype=float), rel=1e-12)
    assert solved(system).mean_wait == pytest.approx(np.array(waits, dtype=float), rel=1e-12)


@st.composite
def graphs(draw):
    skills = draw(st.lists(st.sets(st.integers(0, 2), min_size=1), min_size=1, max_size=4))
    reached = sorted(set().union(*skills))
    numbered = [sorted(reached.index(each) for each in one) for one in skills]
    speeds = [draw(st.integers(5, 20)) for _ in skills]
    arrivals = [draw(st.integers(1, 12)) for _ in reached]
    return [float(rate) for rate in arrivals], [float(rate) for rate in speeds], numbered


@settings(deadline=None)
@given(graphs())
def test_every_graph_is_solved_precisely_or_refused(graph):
    arrivals, speeds, skills = graph
    try:
        queue = skill_queue(arrival_rates=arrivals, service_rates=speeds, skills=skills)
    except Unstable:
        return
    p_wait, waits = exact.by_orders(
        [Fraction(rate) for rate in arrivals],
        [Fraction(rate) for rate in speeds],
        [set(each) for each in skills],
    )
    assert queue.p_wait == pytest.approx(np.array(p_wait, dtype=float), rel=1e-11)
    assert queue.mean_wait == pytest.approx(np.array(waits, dtype=float), rel=1e-11)
    assert queue.p_wait_over(0.0) == pytest.approx(queue.p_wait, rel=1e-11)
    assert queue.occupancy @ np.array(speeds) == pytest.approx(sum(arrivals), rel=1e-10)


@pytest.mark.parametrize("time", [0.0, 0.1, 1.0, 5.0])
def test_full_flexibility_is_mmc_at_every_length_of_wait(time):
    plain = patient_queue(arrival_rate=5.4, service_rate=1.0, servers=6)
    assert solved("flexible").p_wait_over(time) == pytest.approx(
        np.array([plain.p_wait_over(time)]), rel=1e-10
    )


def test_separate_teams_are_separate_queues():
    queue = skill_queue(arrival_rates=[1.5, 0.6], service_rates=[1, 1, 0.8], skills=[[0], [0], [1]])
    teams = [
        patient_queue(arrival_rate=1.5, service_rate=1.0, servers=2),
        patient_queue(arrival_rate=0.6, service_rate=0.8, servers=1),
    ]
    assert queue.mean_wait == pytest.approx(np.array([team.mean_wait for team in teams]), rel=1e-12)
    assert queue.p_wait_over(0.7) == pytest.approx(
        np.array([team.p_wait_over(0.7) for team in teams]), rel=1e-10
    )


@pytest.mark.parametrize("system", ["tiers", "speeds"])
def test_the_mean_wait_is_the_area_under_the_distribution(system):
    queue, points, weights = solved(system), *np.polynomial.legendre.leggauss(60)
    span = 60.0 * queue.mean_wait.max() ** 0.5
    times = (points + 1) / 2 * span**0.5
    over = np.array([queue.p_wait_over(float(time) ** 2) for time in times])
    assert (over * (2 * times * weights)[:, None]).sum(axis=0) * span**0.5 / 2 == pytest.approx(
        queue.mean_wait, rel=1e-8
    )


def one_by_one(arrivals, speeds, skills, contacts, seed):
    """Waits and classes of contacts that, in the order they come, take the able server that is free first."""
    dice = np.random.default_rng(seed)
    coming = np.cumsum(dice.exponential(1 / sum(arrivals), contacts)).tolist()
    kinds = dice.choice(len(arrivals), contacts, p=np.array(arrivals) / sum(arrivals)).tolist()
    work = dice.exponential(1.0, contacts).tolist()
    able = [[server for server, one in enumerate(skills) if each in one] for each in range(len(arrivals))]
    free, waits = [0.0] * len(speeds), []
    for now, kind, effort in zip(coming, kinds, work, strict=True):
        server = min(able[kind], key=free.__getitem__)
        begun = max(now, free[server])
        free[server] = begun + effort / speeds[server]
        waits.append(begun - now)
    return np.array(waits), np.array(kinds)


@pytest.mark.parametrize("system", ["N", "tiers", "speeds"])
def test_contacts_one_by_one_wait_as_long(system):
    arrivals, speeds, skills, *_ = SYSTEMS[system]
    queue = solved(system)
    runs = [one_by_one(arrivals, speeds, skills, 20_000, seed) for seed in range(10)]
    for kind in range(len(arrivals)):
        for time in (0.0, 0.5, 2.0):
            shares = [(waits[kinds == kind] > time).mean() for waits, kinds in runs]
            room = 4.8 * np.std(shares, ddof=1) / len(shares) ** 0.5  # 99.9 % with ten runs
            assert abs(np.mean(shares) - queue.p_wait_over(time)[kind]) < room


def test_eight_servers_and_many_classes():
    skills = [[each, (each + 1) % 8] for each in range(8)]
    queue = skill_queue(arrival_rates=[0.9] * 8, service_rates=[1.0] * 8, skills=skills)
    assert np.ptp(queue.mean_wait) == pytest.approx(0, abs=1e-12)
    pooled = patient_queue(arrival_rate=7.2, service_rate=1.0, servers=8)
    assert queue.mean_wait[0] > pooled.mean_wait


def test_what_cannot_be_is_refused_by_name():
    with pytest.raises(Unstable, match=r"unstable: what only servers \[1\]"):
        skill_queue(arrival_rates=[0.5, 1.5], service_rates=[1.0, 1.0], skills=[[0], [0, 1]])
    with pytest.raises(ValueError, match="nobody serves class 1"):
        skill_queue(arrival_rates=[0.5, 0.5], service_rates=[1.0], skills=[[0]])
    with pytest.raises(ValueError, match="server 0 must serve"):
        skill_queue(arrival_rates=[0.5], service_rates=[1.0], skills=[[]])
    with pytest.raises(ValueError, match="server 0 must serve"):
        skill_queue(arrival_rates=[0.5], service_rates=[1.0], skills=[[1]])
    with pytest.raises(ValueError, match="skills and service_rates"):
        skill_queue(arrival_rates=[0.5], service_rates=[1.0], skills=[[0], [0]])
    with pytest.raises(ValueError, match="service_rates"):
        skill_queue(arrival_rates=[0.5], service_rates=[0.0], skills=[[0]])
    with pytest.raises(ValueError, match="arrival_rates"):
        skill_queue(arrival_rates=[], service_rates=[1.0], skills=[[0]])
