"""On desks whose truth is known: ability is recovered, intervals hold, and raw averages mislead."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from benchmarks.rating.truth import Shape, simulate
from fengong.engine.rating.fit import fit
from fengong.engine.rating.performance import mix_of, performance
from tests.engine.rating.desks import learned, small


def raw_shares(truth):
    o, cells = truth.outcomes, truth.ability.shape
    tries, wins = np.zeros(cells), np.zeros(cells)
    np.add.at(tries, (o.member, o.topic), 1.0)
    np.add.at(wins, (o.member, o.topic), o.solved.astype(float))
    return wins / np.maximum(tries, 1.0), tries


@pytest.fixture(scope="module")
def full():
    """The published size: 60 members, 12 topics, 20,000 tickets."""
    truth = simulate(Shape(), 2)
    return truth, fit(truth.outcomes, truth.members)


def test_ability_is_recovered_where_raw_averages_mislead(full):
    truth, ratings = full
    raw, tries = raw_shares(truth)
    enough = tries >= 100
    assert enough.sum() > 60
    assert spearmanr(ratings.ability[enough], truth.ability[enough])[0] >= 0.9
    assert spearmanr(raw[enough], truth.ability[enough])[0] < 0.6


def test_intervals_hold_what_they_promise(full):
    truth, ratings = full
    low, high = ratings.interval()
    inside = (low <= truth.ability) & (truth.ability <= high)
    _, tries = raw_shares(truth)
    assert 0.85 <= inside[tries >= 10].mean() <= 0.95
    assert (ratings.ability_sd[tries >= 100].mean() < 0.6 * ratings.ability_sd[tries == 0]).all()


def test_the_scales_are_recovered(full):
    scales = full[1].scales
    assert scales.time_load == pytest.approx(0.2, abs=0.03)
    assert scales.time_sd == pytest.approx(0.6, abs=0.02)
    assert scales.pace == pytest.approx(0.25, abs=0.06)
    assert scales.satisfaction_load == pytest.approx(0.3, abs=0.05)
    assert scales.reopen_load == pytest.approx(0.6, abs=0.15)
    assert 0.75 < scales.ticket < 1.05  # 0.8, and what the grades get wrong


def test_difficulty_is_recovered_better_than_its_grade(full):
    truth, ratings = full
    o = truth.outcomes
    grade = np.zeros(int(o.ticket.max()) + 1)
    grade[o.ticket] = o.grade
    wanted = truth.difficulty[ratings.ticket]
    ours = np.corrcoef(ratings.difficulty, wanted)[0, 1]
    assert ours > np.corrcoef(grade[ratings.ticket], wanted)[0, 1] + 0.03
    inside = np.abs(ratings.difficulty - wanted) < 1.645 * ratings.difficulty_sd
    assert 0.84 <= inside.mean() <= 0.96


def test_a_world_that_is_not_the_model_still_ranks_right():
    truth = simulate(Shape(crooked=True, members=30, topics=6, tickets=6000), 3)
    raw, tries = raw_shares(truth)
    ratings = fit(truth.outcomes, truth.members)
    enough = tries >= 60
    ours = spearmanr(ratings.ability[enough], truth.ability[enough])[0]
    assert ours > 0.85 and ours > spearmanr(raw[enough], truth.ability[enough])[0] + 0.2


def test_performance_compares_members_at_the_same_work():
    truth, ratings = small(), learned()
    found = performance(ratings, mix_of(truth.outcomes))
    fair = 1.0 / (1.0 + np.exp(-(truth.ability[:, :, None] - truth.difficulty[None, None, ::30])))
    topic = np.bincount(truth.outcomes.topic, minlength=5) / len(truth.outcomes)
    wanted = fair.mean(axis=2) @ topic
    raw = np.array([truth.outcomes.solved[truth.outcomes.member == m].mean() for m in range(24)])
    assert np.corrcoef(found.solved, wanted)[0, 1] > 0.93
    assert np.corrcoef(raw, wanted)[0, 1] < 0.8
    inside = (found.low <= wanted) & (wanted <= found.high)
    assert inside.mean() >= 0.7
    assert (found.low < found.solved).all() and (found.solved < found.high).all()
