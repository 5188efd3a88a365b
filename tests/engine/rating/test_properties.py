"""What holds whatever the outcomes are."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.rating.fit import fit
from fengong.engine.rating.online import Online
from fengong.engine.rating.outcomes import Members, Outcomes, alone
from fengong.engine.rating.performance import mix_of, performance
from fengong.engine.rating.predict import Work, predict
from fengong.engine.rating.priors import Priors, Scales
from fengong.engine.rating.ratings import cold
from fengong.engine.rating.suggestions import suggestions
from tests.engine.rating.desks import attempts, joined, learned, numbered, small, team

MEMBERS, TOPICS = 5, 3
FEW = settings(max_examples=12, deadline=None)
KNOWN = Priors(learn=False)


@st.composite
def desks(draw):
    n, seed = draw(st.integers(1, 60)), draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    solved = rng.random(n) < draw(st.floats(0, 1))
    escalated = ~solved & (rng.random(n) < 0.9)
    members = Members(rng.integers(0, 6, (MEMBERS, TOPICS)).astype(float), rng.integers(-1, 2, (MEMBERS, 1)))
    outcomes = Outcomes(
        member=rng.integers(0, MEMBERS, n),
        topic=rng.integers(0, TOPICS, n),
        ticket=rng.integers(0, max(1, n // 2), n),
        grade=rng.integers(0, 4, n),
        text_grade=rng.integers(0, 4, n),
        kind=rng.integers(0, 3, n),
        solved=solved,
        escalated=escalated,
        reopened=solved & (rng.random(n) < 0.2),
        satisfaction=np.where(rng.random(n) < 0.5, rng.normal(4, 1, n), np.nan),
        minutes=np.where(rng.random(n) < 0.8, np.exp(rng.normal(3, 1, n)), np.nan),
        at=rng.uniform(0, 1e5, n),
    )
    return outcomes, members


@FEW
@given(desks(), st.randoms(use_true_random=False))
def test_relabelling_and_reordering_change_nothing(desk, random):
    outcomes, members = desk
    name = np.array(random.sample(range(MEMBERS), MEMBERS))
    order = np.array(random.sample(range(len(outcomes)), len(outcomes)))
    renamed = replace(outcomes, member=name[outcomes.member], ticket=10_000 - outcomes.ticket).where(order)
    back = np.argsort(name)
    moved = Members(members.declared[back], members.groups[back])
    a, b = fit(outcomes, members, KNOWN), fit(renamed, moved, KNOWN)
    assert np.allclose(a.ability, b.ability[name], atol=1e-6)
    assert np.allclose(a.ability_sd, b.ability_sd[name], atol=1e-6)
    assert np.allclose(a.difficulty, b.difficulty[::-1], atol=1e-6)


@settings(max_examples=6, deadline=None)
@given(desks())
def test_everything_is_finite_and_the_same_twice(desk):
    ratings = fit(*desk)
    a, b = ratings.arrays(), fit(*desk).arrays()
    assert all(np.array_equal(a[name], b[name]) for name in a)
    assert all(np.isfinite(a[name]).all() for name in a)
    assert (np.linalg.eigvalsh(ratings.cov) > 0).all()


@FEW
@given(desks(), st.integers(0, MEMBERS - 1), st.integers(0, TOPICS - 1))
def test_solving_raises_and_failing_lowers(desk, member, topic):
    start = fit(*desk, KNOWN)
    ends = []
    for solved in (True, False):
        online = Online(start)
        online.observe(attempts(member, [solved], topic=topic, ticket=99_999, at=start.at.max()))
        ends.append(online.ratings())
    better, worse = ends
    assert worse.ability[member, topic] < start.ability[member, topic] < better.ability[member, topic]
    assert better.residue[-1] < 0 < worse.residue[-1]
    assert better.ability_sd[member, topic] < start.ability_sd[member, topic]


@FEW
@given(desks())
def test_predictions_are_chances_within_their_intervals(desk):
    ratings = fit(*desk, KNOWN)
    who, topic = (axis.ravel() for axis in np.mgrid[:MEMBERS, :TOPICS])
    zero = np.zeros(len(who), dtype=np.int64)
    easy, hard = (predict(ratings, who, Work(topic, zero + g, zero, zero, zero - 1)) for g in (1, 3))
    for found in (easy, hard):
        assert ((found.low > 0) & (found.low <= found.high) & (found.high < 1)).all()
        assert ((found.low <= found.chance + 0.05) & (found.chance - 0.05 <= found.high)).all()
        assert (found.minutes > 0).all()


def test_an_attempt_passed_on_says_nothing():
    members = team(np.full((3, 1), 3.0))
    told = attempts(0, [True, False, True, False])
    silent = replace(numbered(attempts(1, [False, False]), 50), escalated=np.zeros(2, dtype=bool))
    a, b = fit(told, members), fit(joined(told, silent), members)
    assert np.array_equal(a.ability, b.ability) and b.seen[1, 0] == 0


def test_pace_is_no_ability():
    """Two members solve the same; one takes a third of the time. Time tells of ability only in part."""
    rng, parts = np.random.default_rng(0), []
    for member in range(12):
        minutes = 20.0 * np.exp(rng.normal(0, 0.3, 80)) / (3.0 if member == 0 else 1.0)
        parts.append(numbered(attempts(member, np.arange(80) % 10 < 6, minutes=minutes), 100 * member))
    ratings = fit(joined(*parts), team(np.full((12, 1), 3.0)))
    assert ratings.mean[0, 1] > 0.5
    assert np.abs(ratings.mean[1:, 1]).max() < 0.5
    assert abs(ratings.ability[0, 0] - ratings.ability[1:, 0].mean()) < 0.6


def test_reopening_counts_against():
    members = team(np.full((4, 1), 3.0))
    parts = [
        numbered(attempts(m, np.ones(60), reopened=np.arange(60) < 20 * (m == 0)), 100 * m) for m in range(4)
    ]
    ratings = fit(joined(*parts), members)
    assert ratings.ability[0, 0] < ratings.ability[1:, 0].min()


def test_declarations_that_differ_from_what_is_seen_are_named():
    truth = small()
    declared = np.clip(np.round(3.0 + 0.9 * truth.ability), 1, 5)
    seen = learned().seen
    member, topic = np.unravel_index(np.argmax(np.where(declared == 1, seen, 0)), seen.shape)
    wrong = declared.copy()
    wrong[member, topic] = 5.0
    found = suggestions(fit(truth.outcomes, Members(wrong, truth.members.groups)))
    assert (found[0].member, found[0].topic, found[0].declared) == (member, topic, 5.0)
    assert found[0].learned < 3.0 and found[0].low <= found[0].learned <= found[0].high
    assert suggestions(cold(truth.members, Priors())) == ()


def test_performance_needs_work():
    none = attempts(0, np.zeros(0))
    with pytest.raises(ValueError, match="no ticket"):
        mix_of(none)
    ratings, mix = learned(), mix_of(small().outcomes)
    nothing = np.zeros((24, 5), dtype=bool)
    with pytest.raises(ValueError, match="part of the work"):
        performance(ratings, mix, nothing)
    only = performance(ratings, mix, np.arange(5)[None, :] == np.full((24, 1), 2))
    assert not np.allclose(only.solved, performance(ratings, mix).solved)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("member", 9, "member must be"),
        ("grade", 4, "grade must be"),
        ("ticket", -1, "count from 0"),
        ("escalated", True, "both solved and escalated"),
        ("minutes", 0.0, "above 0"),
    ],
)
def test_contradictions_are_refused(field, value, words):
    good = attempts(0, [True, True])
    bad = replace(good, **{field: np.full(2, value, dtype=getattr(good, field).dtype)})
    with pytest.raises(ValueError, match=words):
        fit(bad, alone(2, 1))
    with pytest.raises(ValueError, match=words):
        Online(cold(alone(2, 1), Priors(scales=Scales()))).observe(bad)


def test_arrays_of_one_length():
    good = attempts(0, [True, True])
    assert {f.name for f in fields(Outcomes)} >= {"member", "kind"}
    with pytest.raises(ValueError, match="one length"):
        fit(replace(good, at=np.zeros(3)), alone(1, 1))
