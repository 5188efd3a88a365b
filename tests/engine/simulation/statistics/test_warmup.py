from __future__ import annotations

import numpy as np
import pytest

from fengong.engine.simulation.statistics.warmup import warmup
from tests.engine.simulation.statistics.series import autoregressive


def test_a_start_far_from_rest_is_left_out():
    found = warmup(autoregressive(2000, 0.95, 1, start=60.0))
    assert found.settled
    assert 40 <= found.observations <= 200  # 60 x 0.95^k is below a standard deviation, 3.2, after 57


def test_a_run_at_rest_keeps_nearly_everything():
    cut = [warmup(autoregressive(2000, 0.5, seed)).observations for seed in range(20)]
    assert np.median(cut) <= 50


def test_replications_are_averaged_first():
    runs = np.array([autoregressive(500, 0.9, seed, start=6.0) for seed in range(50)])
    assert warmup(runs).observations >= 15
    assert warmup(runs).settled


def test_a_run_that_still_grows_is_not_settled():
    assert not warmup(np.arange(1000.0) ** 2).settled


def test_a_run_that_stands_still_after_a_jump_is_cut_at_the_jump():
    assert warmup(np.concatenate([np.zeros(50), np.full(450, 7.0)])).observations == 50


def test_too_few_observations_are_refused():
    with pytest.raises(ValueError, match="at least 20"):
        warmup(np.ones(19))
