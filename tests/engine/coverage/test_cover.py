"""Coverage against a count cell by cell, and what must hold whatever the team."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.coverage.cover import cover
from fengong.engine.coverage.findings import Kind
from fengong.engine.coverage.team import Duty, Team
from tests.engine.coverage import planted, teams

few = settings(deadline=None, max_examples=25)


@few
@given(teams.some())
def test_every_finding_is_one_that_loops_find_and_none_is_missing(team):
    found, tally = cover(team), teams.counted(team)
    told = teams.told(found.findings)
    assert set(told) == tally.wrong
    assert len(told) == len(tally.wrong)  # each cell and hour once
    for cell, who in list(tally.who.items())[::17]:
        topic, difficulty, channel, hour = cell
        assert found.who(topic=topic, difficulty=difficulty, channel=channel, hour=hour).tolist() == who
        assert found.count(topic)[difficulty - 1, channel, hour] == len(who)


@few
@given(teams.some())
def test_the_demand_behind_a_finding_is_that_of_its_cells_and_hours(team):
    found = cover(team)
    for one in found.findings:
        if one.kind is not Kind.DEPENDENCE:
            cells = [(one.topic, d, c, h) for d, c in one.cells for h in one.hours.tolist()]
            assert one.demand == pytest.approx(sum(teams.expected_of(team, cell) for cell in cells))
    demands = [one.demand for one in found.findings]
    assert demands == sorted(demands, reverse=True)
    assert found.uncovered == pytest.approx(sum(one.demand for one in found.gaps))
    assert found.alone == pytest.approx(sum(one.demand for one in found.of_kind(Kind.SINGLE)))


@few
@given(teams.some())
def test_dependence_is_on_those_who_carry_more_than_their_share(team):
    tally = teams.counted(team)
    told = {(one.topic, one.member): one for one in cover(team).of_kind(Kind.DEPENDENCE)}
    most = team.rules.most_share
    for (topic, member), carried in tally.carried.items():
        share = carried / tally.covered[topic] if carried else 0.0
        if abs(share - most) > 1e-9:
            assert ((topic, member) in told) == (share > most)
        if (topic, member) in told:
            assert told[topic, member].share == pytest.approx(share)
            assert told[topic, member].demand == pytest.approx(carried)
    assert set(told) <= set(tally.carried)


@few
@given(teams.some(), st.integers(0, 2**32))
def test_one_more_skilled_member_never_opens_a_gap(team, seed):
    dice = np.random.default_rng(seed)
    joined = joining(team, dice)
    before, after = cover(team), cover(joined)
    for topic in range(team.topics):
        assert (after.count(topic) >= before.count(topic)).all()
    assert after.uncovered <= before.uncovered
    gaps = {told[3] for told in teams.told(before.gaps)}
    assert {told[3] for told in teams.told(after.gaps)} <= gaps


@few
@given(teams.some(), st.integers(0, 2**32), st.data())
def test_working_out_again_after_a_change_equals_working_out_from_nothing(team, seed, data):
    dice = np.random.default_rng(seed)
    how = data.draw(st.sampled_from(("skill", "roster", "capacity", "duty", "position", "demand", "open")))
    later = changed(team, how, dice)
    again, fresh = cover(later, cover(team)), cover(later)
    assert [described(one) for one in again.findings] == [described(one) for one in fresh.findings]
    assert again.uncovered == fresh.uncovered
    for one, other in zip(again.blocks, fresh.blocks, strict=True):
        assert np.array_equal(one.carried, other.carried)
        assert np.array_equal(one.state, other.state)


def test_only_the_topic_of_a_changed_skill_is_worked_out_again():
    team = teams.made(np.random.default_rng(1), demand=True)
    before = cover(team)
    able = team.proficiency.copy()
    able[0, 1] = 5.0 if able[0, 1] < 5 else 1.0
    after = cover(replace(team, proficiency=able), before)
    assert [a is b for a, b in zip(after.blocks, before.blocks, strict=True)] == [
        topic != 1 for topic in range(team.topics)
    ]


def test_the_absence_of_anybody_is_followed_in_every_topic_they_can_do():
    team = planted.team()
    before = cover(team)
    for member in range(team.members):
        later = planted.put(team, "roster", (member, slice(0, 84)), 0.0)
        again, fresh = cover(later, before), cover(later)
        for one, other in zip(again.blocks, fresh.blocks, strict=True):
            assert np.array_equal(one.count, other.count)


def joining(team: Team, dice: np.random.Generator) -> Team:
    """The team with one more who is sure to know something."""

    def longer(old, new):
        return None if old is None else np.concatenate((old, new[None]))

    return replace(
        team,
        capacity=np.append(team.capacity, 3.0),
        positions=longer(team.positions, dice.random(team.positions.shape[1]) < 0.7),
        proficiency=longer(team.proficiency, np.full(team.topics, 5.0)),
        uncertainty=longer(team.uncertainty, np.zeros(team.topics)),
        roster=longer(team.roster, dice.choice((0.0, 1.0), team.hours)),
        breaks=longer(team.breaks, np.zeros(team.hours)),
    )


def changed(team: Team, how: str, dice: np.random.Generator) -> Team:
    member = int(dice.integers(team.members))
    if how == "skill":
        return _put(team, "proficiency", (member, int(dice.integers(team.topics))), float(dice.integers(6)))
    if how == "roster":
        return _put(team, "roster", (member, slice(3, 20)), float(dice.integers(2)))
    if how in ("capacity", "position"):
        name, where = ("capacity", member) if how == "capacity" else ("positions", (member, 0))
        return _put(team, name, where, 4.0 if how == "capacity" else not team.positions[member, 0])
    if how == "demand" and team.open is None:
        return replace(team, demand=None)
    if how in ("demand", "open"):
        return _served_less(team)
    new = teams.duty(dice, team.positions.shape[1], team.topics, team.channels)
    return replace(team, duties=(*team.duties[1:], new))


def _served_less(team: Team) -> Team:
    opened = np.ones((team.channels, team.hours), bool) if team.open is None else team.open.copy()
    opened[0, ::5] = False
    return replace(
        team, open=opened, demand=None if team.demand is None else team.demand * opened[None, None]
    )


def _put(team: Team, name: str, where: object, value: object) -> Team:
    values = getattr(team, name).copy()
    values[where] = value
    return replace(team, **{name: values})


def described(one):
    return (
        one.kind,
        one.topic,
        one.cells,
        one.hours.tolist(),
        one.demand,
        one.member,
        one.positions,
        one.share,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("capacity", [0.0]),
        ("capacity", [np.nan]),
        ("positions", [[True], [False]]),
        ("proficiency", [[6.0]]),
        ("roster", [[1.5]]),
        ("breaks", [[0.5, 0.5]]),
        ("uncertainty", [[-1.0]]),
        ("demand", np.ones((1, 2, 1, 1))),
        ("open", [[2]]),
        ("start", 168),
        ("channels", 0),
        ("duties", (Duty(3),)),
    ],
)
def test_a_wrong_argument_is_named(name, value):
    fine = {
        "capacity": [1.0],
        "positions": [[True]],
        "proficiency": [[3.0]],
        "duties": (),
        "roster": [[1.0]],
    }
    with pytest.raises(ValueError, match=name if name != "duties" else "position of a duty"):
        Team(**{**fine, name: value})
