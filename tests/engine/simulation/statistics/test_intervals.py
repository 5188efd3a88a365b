"""Intervals hold the truth as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from fengong.engine.simulation.statistics.batches import batch_means
from fengong.engine.simulation.statistics.quantile import of_independent, of_runs
from fengong.engine.simulation.statistics.ratio import jackknife_ratio, ratio
from fengong.engine.simulation.statistics.replications import over_replications
from tests.engine.simulation.statistics.series import autoregressive

TRIALS = 2000


def near(share: float, level: float, trials: int = TRIALS) -> bool:
    """Whether so many hits in `trials` go with `level`, but for a chance of 1 in 1000."""
    low, high = binom.ppf([0.0005, 0.9995], trials, level) / trials
    return bool(low <= share <= high)


def test_replications_by_hand_keep_the_shape_of_the_figures():
    found = over_replications([[1.0, 10.0], [2.0, 10.0], [3.0, 10.0]])
    assert found.mean.tolist() == [2.0, 10.0]
    assert found.half == pytest.approx([4.302653 / 3**0.5, 0.0], rel=1e-6)
    assert found.relative == pytest.approx([found.half[0] / 2, 0.0])
    assert over_replications([1.0, 2.0, 3.0]).half == pytest.approx(found.half[0])
    assert found.holds([found.high[0] - 1e-9, 10.1]).tolist() == [True, False]


def test_one_run_says_nothing_about_spread():
    assert over_replications([[4.0]]).half[0] == np.inf


@pytest.mark.parametrize("level", [0.9, 0.999])
def test_students_intervals_cover(level):
    values = np.random.default_rng(1).normal(3.0, 2.0, size=(8, TRIALS))
    assert near(over_replications(values, level).holds(3.0).mean(), level)


def test_a_value_that_is_no_number_is_named():
    with pytest.raises(ValueError, match=r"replication 1, figure \(2,\)"):
        over_replications([[1.0, 2.0, 3.0], [1.0, 2.0, np.nan]])
    with pytest.raises(ValueError, match="confidence"):
        over_replications([1.0, 2.0], 95)
    with pytest.raises(ValueError, match="at least one"):
        over_replications([])


def test_batches_grow_until_they_are_independent_and_then_cover():
    trials, held, naive, passed = 200, 0, 0, 0
    for seed in range(trials):
        series = autoregressive(16384, 0.9, seed)
        found = batch_means(series, 0.9)
        passed += found.independent
        held += bool(found.estimate.holds(0.0))
        naive += bool(over_replications(series, 0.9).holds(0.0))
    assert near(held / trials, 0.9, trials)
    assert naive / trials < 0.5
    assert (
        passed / trials > 0.85
    )  # a test at the 5 % level sees one ghost in 20, and what correlation is left


def test_independent_observations_pass_at_once_and_a_slow_run_never():
    assert batch_means(autoregressive(4096, 0.0, 3)).tested == 4096
    slow = batch_means(autoregressive(2000, 0.9995, 3))
    assert not slow.independent
    assert slow.correlation > 0.5
    assert batch_means(np.ones(200)).estimate.half == 0.0


def test_batches_leave_out_the_oldest_observations():
    series = np.concatenate([np.full(31, 1e6), np.zeros(3200)])
    assert batch_means(series).size == 100
    assert batch_means(series).estimate.mean < 1e6 / 32


@pytest.mark.parametrize("method", [ratio, jackknife_ratio])
def test_ratios_of_sums_cover(method):
    random = np.random.default_rng(2)
    below = random.gamma(4.0, 25.0, size=(40, TRIALS))  # busy and quiet days
    above = 5.0 + 0.8 * below + random.normal(0.0, 2.0, size=below.shape)
    truth = 5.0 / 100.0 + 0.8
    found = method(above, below, 0.95)
    assert found.holds(truth).mean() == pytest.approx(0.95, abs=0.015)
    assert abs(found.mean.mean() - truth) < 0.003
    assert (above / below).mean() > truth + 0.01  # the mean of daily ratios is something else


def test_a_ratio_that_never_varies_is_certain():
    found = ratio([1.0, 2.0, 4.0], [2.0, 4.0, 8.0])
    assert (float(found.mean), float(found.half)) == (0.5, 0.0)
    assert jackknife_ratio([1.0, 2.0, 4.0], [2.0, 4.0, 8.0]).mean == pytest.approx(0.5)
    with pytest.raises(ValueError, match="sum up to 0"):
        ratio([1.0, 1.0], [0.0, 0.0])
    with pytest.raises(ValueError, match="one shape"):
        ratio([1.0, 1.0], [[1.0], [2.0]])


def test_the_jackknife_removes_the_bias_of_a_ratio():
    random = np.random.default_rng(4)
    below = random.exponential(1.0, size=(10, 40000))
    above = np.ones_like(
        below
    )  # 1 / mean of 10 is 10/9 on average, and 10 x 10/9 - 9 x 9/8 after the jackknife
    assert ratio(above, below).mean.mean() == pytest.approx(10 / 9, abs=0.01)
    assert jackknife_ratio(above, below).mean.mean() == pytest.approx(100 / 9 - 81 / 8, abs=0.01)


@pytest.mark.parametrize(("rank", "count"), [(0.5, 40), (0.95, 200)])
def test_order_statistics_cover_for_any_distribution(rank, count):
    random = np.random.default_rng(5)
    held = [
        found.low <= -np.log(1 - rank) <= found.high
        for found in (of_independent(random.exponential(1.0, count), rank, 0.9) for _ in range(TRIALS))
    ]
    assert np.mean(held) > 0.9 - 0.02
    assert np.mean(held) < 0.975  # it may be wider than asked by the steps of a binomial, not by more


def test_few_values_do_not_bound_a_far_quantile():
    found = of_independent([1.0, 2.0, 3.0], 0.95)
    assert found.high == np.inf
    assert found.low == 2.0  # all but one of three are above it with a chance of 0.7 % only
    assert of_independent([1.0, 2.0], 0.5).low == -np.inf


def test_quantiles_of_correlated_runs_cover():
    held, trials = 0, 300
    for seed in range(trials):
        runs = [autoregressive(400, 0.8, 1000 * seed + run) for run in range(12)]
        held += bool(of_runs(runs, 0.9, 0.9).holds(1.2815515655 / 0.6))
    assert held / trials == pytest.approx(0.9, abs=0.06)
