"""Shortage against Hall's condition over every set of cells, one by one."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from fengong.engine.coverage.cover import cover
from fengong.engine.coverage.shortage import missing, shortages
from fengong.engine.coverage.team import Duty, Team
from tests.engine.coverage import teams


def worst(team: Team, hour: int, tally: teams.Counted) -> float:
    """The most by which any set of covered cells exceeds all who cover any of them."""
    demand: dict[frozenset[int], float] = {}
    for cell, who in tally.who.items():
        if cell[3] == hour and who:
            demand[frozenset(who)] = demand.get(frozenset(who), 0.0) + teams.expected_of(team, cell)
    most = 0.0
    for size in range(1, len(demand) + 1):
        for chosen in combinations(demand, size):
            room = sum(team.capacity[m] * teams.worked(team, m, hour) for m in frozenset().union(*chosen))
            most = max(most, sum(demand[one] for one in chosen) - room)
    return most


@settings(deadline=None, max_examples=25)
@given(teams.some(demand=True))
def test_what_is_missing_each_hour_is_the_most_that_any_set_of_cells_misses(team):
    tally = teams.counted(team)
    lack = np.zeros(team.hours)
    for one in shortages(cover(team)):
        lack[one.hours] += one.demand - one.capacity
    for hour in range(0, team.hours, 7):
        assert lack[hour] == pytest.approx(worst(team, hour, tally), abs=1e-5)


@settings(deadline=None, max_examples=25)
@given(teams.some(demand=True))
def test_a_certificate_adds_up(team):
    coverage = cover(team)
    for one in shortages(coverage):
        assert (one.demand > one.capacity).all()
        room = sum(team.capacity[m] * coverage.team.share[m, one.hours] for m in one.members)
        assert one.capacity == pytest.approx(room)
        assert one.topics


def test_two_topics_short_together_though_each_alone_would_do():
    demand = np.zeros((3, 3, 1, 168))
    demand[:, 0, 0, 9:12] = 40.0
    team = Team(
        capacity=np.full(2, 50.0),
        positions=np.ones((2, 1)),
        proficiency=[[3.0, 3.0, 0.0], [0.0, 0.0, 3.0]],
        duties=(Duty(0),),
        roster=np.ones((2, 168)),
        demand=demand,
    )
    (short,) = shortages(cover(team))
    assert (short.topics, short.members) == ((0, 1), (0,))
    assert [str(span) for span in short.spans] == ["Mon 09-12"]
    assert missing(cover(team)) == pytest.approx(90.0)
