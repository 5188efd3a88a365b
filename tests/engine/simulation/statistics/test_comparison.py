from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ttest_rel

from fengong.engine.simulation.statistics.comparison import holm, paired, several


def runs(effects: list[float], count: int = 12, seed: int = 1, own: float = 0.3) -> np.ndarray:
    """f64[systems, count]: shared luck of spread 2 and own luck of spread `own`."""
    random = np.random.default_rng(seed)
    shared = random.normal(10.0, 2.0, count)
    return np.array([shared + effect + random.normal(0.0, own, count) for effect in effects])


def test_paired_is_the_paired_t_and_prints_what_shared_seeds_were_worth():
    ours, theirs = runs([0.5, 0.0])
    found = paired(ours, theirs)
    other = ttest_rel(ours, theirs)
    assert found.p_value == pytest.approx(other.pvalue)
    assert found.estimate.low == pytest.approx(other.confidence_interval(0.95).low)
    assert found.variance_reduction == pytest.approx(
        (ours.var(ddof=1) + theirs.var(ddof=1)) / (ours - theirs).var(ddof=1)
    )
    assert found.variance_reduction > 10


def test_figures_stay_apart():
    ours, theirs = np.stack([runs([1.0, 0.0]), runs([0.0, 0.0], seed=2)], axis=-1)
    found = paired(ours, theirs)
    assert found.estimate.mean.shape == (2,)
    assert found.p_value[0] < 0.001 < found.p_value[1]


def test_equal_systems_do_not_differ_and_a_constant_shift_is_certain():
    values = runs([0.0])[0]
    same, shifted = paired(values, values), paired(values + 1.0, values)
    assert (float(same.estimate.mean), float(same.estimate.half), float(same.p_value)) == (0.0, 0.0, 1.0)
    assert shifted.p_value < 1e-12
    assert shifted.variance_reduction > 1e20


def test_shapes_must_agree():
    with pytest.raises(ValueError, match="same two or more"):
        paired([1.0, 2.0], [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="same two or more"):
        paired([1.0], [1.0])


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([[0.6, 0.001], [0.7, 0.9]]) == pytest.approx(np.array([[1.0, 0.002], [1.0, 0.9]]))


def test_several_systems_are_wrong_together_no_more_often_than_said():
    false_alarms = narrow = 0
    for seed in range(400):
        contests = several(runs([0.0] * 4, seed=seed, own=1.0), 0.9)
        assert len(contests) == 6
        false_alarms += any(contest.p_value < 0.1 for contest in contests)
        narrow += any(not contest.difference.estimate.holds(0.0) for contest in contests)
    assert (
        8 < false_alarms < 55
    )  # at most 40 of 400 but for luck; Holm is not exact for pairs that share systems
    assert 8 < narrow < 55


def test_several_against_a_baseline_finds_the_one_that_differs():
    contests = several(runs([0.0, 0.0, 2.0], count=20), baseline=1)
    assert [(contest.ours, contest.theirs) for contest in contests] == [(0, 1), (2, 1)]
    assert contests[0].p_value > 0.05 > contests[1].p_value
    assert contests[1].difference.estimate.low > 1.5
    with pytest.raises(ValueError, match="baseline"):
        several(runs([0.0, 0.0]), baseline=2)
