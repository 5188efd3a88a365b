"""What is planted is found with its hours and its demand, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fengong.engine.coverage.cover import cover
from fengong.engine.coverage.findings import Kind
from fengong.engine.coverage.team import WEEK, Duty, Part, Rules
from tests.engine.coverage import planted
from tests.engine.coverage.planted import ALICE, BACK, BO, CHEN, EFFORT, FRONT, LOGIN, NETWORK, REFUNDS

ALL_DIFFICULTIES = ((1, 0), (2, 0), (3, 0))
WEEKLY = "Mon-Fri 09-17"


def told(team):
    return [
        (one.kind, one.topic, one.member, one.cells, [str(span) for span in one.spans])
        for one in cover(team).findings
    ]


BASE = (Kind.SINGLE, REFUNDS, ALICE, ALL_DIFFICULTIES, [WEEKLY])


def test_the_desk_has_one_single_point_of_failure_and_nothing_else():
    assert told(planted.team()) == [BASE]
    (single,) = cover(planted.team()).findings
    assert single.demand == 40 * 3 * EFFORT


def test_hours_outside_the_duty_that_somebody_skilled_works_are_unassigned():
    team = planted.team()
    short = np.zeros((7, 24), dtype=bool)
    short[:5, 9:15] = True
    duties = (replace(team.duties[0], hours=short.ravel()), *team.duties[1:])
    gap = (Kind.UNASSIGNED, LOGIN, -1, ALL_DIFFICULTIES, ["Mon-Fri 15-17"])
    assert sorted(told(replace(team, duties=duties))) == sorted([BASE, gap])


def test_a_duty_nobody_has_and_nobody_could_do_is_nobodys():
    team = planted.team()
    duties = tuple(one for one in team.duties if one.topics != (REFUNDS,))
    unknown = planted.put(replace(team, duties=duties), "proficiency", (ALICE, REFUNDS), 0.0)
    assert told(unknown) == [(Kind.NOBODY, REFUNDS, -1, ALL_DIFFICULTIES, [WEEKLY])]


def test_holders_who_are_not_skilled_enough_for_hard_work_are_told_from_those_who_are_away():
    team = planted.put(planted.team(), "proficiency", (slice(BO + 1), LOGIN), 2.0)
    assert (Kind.UNSKILLED, LOGIN, -1, ((3, 0),), [WEEKLY]) in told(team)
    assert len(told(team)) == 2
    away = planted.put(planted.team(), "roster", (slice(CHEN, None), slice(48, 72)), 0.0)
    assert sorted(told(away)) == sorted([BASE, (Kind.ABSENT, NETWORK, -1, ALL_DIFFICULTIES, ["Wed 09-17"])])


def test_a_doubt_about_a_skill_counts_where_the_rules_say_so():
    team = planted.put(planted.team(), "proficiency", (slice(BO + 1), LOGIN), 3.5)
    doubted = replace(team, uncertainty=np.full(team.proficiency.shape, 0.6))
    assert told(doubted) == [BASE]
    strict = told(replace(doubted, rules=Rules(sure=1.0, most_share=1.0)))
    assert (Kind.UNSKILLED, LOGIN, -1, ((3, 0),), [WEEKLY]) in strict


def test_a_second_accountable_position_is_an_overlap_only_where_both_are():
    team = planted.team()
    mornings = np.tile(np.arange(24) < 12, 7)
    twice = replace(
        team, duties=(*team.duties, Duty(BACK, (LOGIN,), (1, 2), hours=mornings, part=Part.ACCOUNTABLE))
    )
    (overlap,) = cover(twice).of_kind(Kind.ACCOUNTABLE)
    assert (overlap.positions, overlap.cells) == ((FRONT, BACK), ((1, 0), (2, 0)))
    assert [str(span) for span in overlap.spans] == ["Mon-Fri 09-12"]
    assert overlap.demand == 15 * 2 * EFFORT
    assert len(told(twice)) == 2


def test_who_is_consulted_or_informed_covers_nothing():
    team = planted.team()
    for part in (Part.CONSULTED, Part.INFORMED):
        duties = (replace(team.duties[0], part=part), *team.duties[1:])
        assert (Kind.UNASSIGNED, LOGIN, -1, ALL_DIFFICULTIES, [WEEKLY]) in told(replace(team, duties=duties))


def test_a_break_of_a_part_of_the_hour_leaves_cover_and_a_whole_one_does_not():
    team = planted.team()
    breaks = np.zeros((5, WEEK))
    breaks[ALICE, 12] = 0.5
    assert told(replace(team, breaks=breaks)) == [BASE]
    breaks[ALICE, 12] = 1.0
    gaps = cover(replace(team, breaks=breaks)).gaps
    assert [(gap.kind, gap.topic, gap.hours.tolist()) for gap in gaps] == [(Kind.ABSENT, REFUNDS, [12])]


def test_dependence_names_who_carries_most_of_a_topic():
    team = planted.put(planted.team(), "capacity", CHEN, 150.0)
    loaded = replace(team, rules=Rules(most_share=0.55))
    found = {(one.topic, one.member): one for one in cover(loaded).of_kind(Kind.DEPENDENCE)}
    assert set(found) == {(REFUNDS, ALICE), (NETWORK, CHEN)}
    assert found[NETWORK, CHEN].share == pytest.approx(0.6)


def test_a_gap_in_one_week_of_two_names_the_week():
    team = planted.team()
    twice = replace(
        team,
        roster=np.tile(team.roster, 2),
        demand=np.tile(team.demand, 2),
        open=np.tile(team.open, 2),
    )
    away = planted.put(twice, "roster", (ALICE, slice(WEEK, WEEK + 48)), 0.0)
    spans = {str(span) for gap in cover(away).gaps for span in gap.spans}
    assert spans == {"weeks 2: Mon-Tue 09-17"}
