"""What closes a gap, how much of it, in which order; and what a change opens before it is saved."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.coverage.candidates import candidates
from fengong.engine.coverage.closing import SHARE, best, plan, weigh
from fengong.engine.coverage.comparison import compare
from fengong.engine.coverage.cover import cover
from fengong.engine.coverage.findings import Kind
from fengong.engine.coverage.moves import Assign, Shift, Train
from tests.engine.coverage import planted, teams

few = settings(deadline=None, max_examples=20)


def uncovered(team) -> float:
    tally = teams.counted(team)
    return sum(teams.expected_of(team, cell) for cell, who in tally.who.items() if not who)


@few
@given(teams.some(), st.integers(0, 2**32))
def test_a_move_removes_what_a_count_before_and_after_says(team, seed):
    dice = np.random.default_rng(seed)
    member, topic = int(dice.integers(team.members)), int(dice.integers(team.topics))
    move = (
        Train(member, topic, 3.0),
        Shift(member, (5, 6, 7), (20, 21)),
        Assign(teams.duty(dice, team.positions.shape[1], team.topics, team.channels)),
    )[int(dice.integers(3))]
    effect = weigh(cover(team), move)
    assert effect.removes == pytest.approx(uncovered(team) - uncovered(move.applied(team)))
    if not isinstance(move, Shift):
        assert sum(demand for _, demand in effect.why) == pytest.approx(effect.removes)


@few
@given(teams.some())
def test_greedy_keeps_its_bound_and_moves_of_one_kind_promise_it(team):
    moves = [
        Train(m, t, level) for m in range(team.members) for t in range(team.topics) for level in (2.0, 3.0)
    ][:7]
    coverage = cover(team)
    chosen = plan(coverage, moves, 2)
    most = max(
        (
            coverage.uncovered - cover(two[1].applied(two[0].applied(team))).uncovered
            for two in combinations(moves, 2)
        ),
        default=0.0,
    )
    assert chosen.share == SHARE
    assert chosen.removes >= SHARE * most - 1e-9
    assert chosen.removes <= most + 1e-9 or len(moves) < 2
    assert plan(coverage, [*moves, Shift(0, (1,), (2,))], 2).share == 0.0


@few
@given(teams.some())
def test_the_candidates_fit_the_team_and_come_in_the_order_of_what_they_remove(team):
    coverage = cover(team)
    effects = best(coverage, candidates(coverage, gaps=6))
    removed = [round(effect.removes, 9) for effect in effects]
    assert removed == sorted(removed, reverse=True)
    held = team.positions.any(axis=1).all()  # a duty can only be given to a position
    if held and any(gap.kind is Kind.UNASSIGNED and gap.demand > 0 for gap in coverage.gaps[:6]):
        assert removed[0] > 0  # somebody skilled is there: the duty closes it


@few
@given(teams.some(), st.integers(0, 2**32))
def test_compare_tells_exactly_the_cells_that_open_and_close(team, seed):
    dice = np.random.default_rng(seed)
    new = teams.duty(dice, team.positions.shape[1], team.topics, team.channels)
    roster = team.roster.copy()
    roster[0, 10:40] = 0.0
    later = replace(team, duties=(*team.duties[1:], new), roster=roster)
    before, after = cover(team), cover(later)
    change = compare(before, cover(later, before))
    for found, one, other in ((change.opened, after, before), (change.closed, before, after)):
        told, known = teams.told(found), by_group(teams.told(other.findings))
        expected = {entry for entry in teams.told(one.findings) if plain(entry) not in known}
        assert set(told) == expected
        assert len(told) == len(expected)
    assert change.uncovered == pytest.approx(uncovered(later) - uncovered(team))


def test_an_absence_that_opens_a_gap_is_told_before_it_is_saved():
    team = planted.team()
    before = cover(team)
    later = planted.put(team, "roster", (planted.ALICE, slice(24, 48)), 0.0)  # away on Tuesday
    change = compare(before, cover(later, before))
    (gap,) = (one for one in change.opened if one.is_gap)
    assert (gap.kind, gap.topic, [str(span) for span in gap.spans]) == (
        Kind.ABSENT,
        planted.REFUNDS,
        ["Tue 09-17"],
    )
    assert change.is_worse
    assert change.uncovered == pytest.approx(8 * 3 * planted.EFFORT)
    assert not compare(cover(later), before).is_worse
    assert compare(before, before).opened == ()


def test_teams_of_another_horizon_are_not_compared():
    team = teams.made(np.random.default_rng(3), demand=False)
    other = replace(team, start=(team.start + 1) % 168)
    with pytest.raises(ValueError, match="start"):
        compare(cover(team), cover(other))


def by_group(told) -> set[tuple[object, ...]]:
    return {plain(entry) for entry in told}


def plain(entry) -> tuple[object, ...]:
    kind, _, _, cell = entry
    gaps = (Kind.NOBODY, Kind.UNASSIGNED, Kind.UNSKILLED, Kind.ABSENT)
    return ("gap" if kind in gaps else kind, cell)


def test_a_shift_moves_hours_and_training_never_takes_ability_away():
    team = planted.team()
    moved = Shift(planted.BO, (20, 21), (9, 10)).applied(team)
    assert moved.roster[planted.BO, [9, 10, 11, 20, 21]].tolist() == [0.0, 0.0, 1.0, 1.0, 1.0]
    assert Train(planted.ALICE, planted.REFUNDS, 2.0).applied(team) is team
    assert Train(planted.BO, planted.REFUNDS, 2.0).applied(team).able[planted.BO, planted.REFUNDS] == 2.0
