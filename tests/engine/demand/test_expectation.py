"""What a time of the week brings, from the same time of past weeks."""

from __future__ import annotations

import numpy as np
import pytest

from fengong.engine.demand.expectation import expectation


def _weeks(mean: np.ndarray, weeks: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).poisson(np.tile(mean, (weeks, 1))).astype(float)


def test_the_ceiling_is_above_the_true_mean_as_often_as_stated():
    mean = np.linspace(2, 30, 400)
    counts = _weeks(mean, 6)
    found = expectation(counts, np.ones(counts.shape, dtype=bool), doubt=0.1)
    above = (found.ceiling >= mean).mean()
    assert above >= 0.86 and np.abs(found.mean - mean).mean() < 0.15 * mean.mean()


def test_what_was_a_surge_is_not_what_is_expected():
    counts = _weeks(np.full(48, 5.0), 5)
    counts[2, 10:20] = 80.0
    known = np.ones(counts.shape, dtype=bool)
    with_it = expectation(counts, known).ceiling[15]
    known[2, 10:20] = False
    assert expectation(counts, known).ceiling[15] < 10 < with_it


def test_a_desk_that_knows_little_has_a_high_ceiling():
    counts = np.full((4, 24), 3.0)
    known = np.zeros(counts.shape, dtype=bool)
    known[0] = True
    little = expectation(counts, known)
    much = expectation(counts, np.ones(counts.shape, dtype=bool))
    assert little.ceiling[0] > much.ceiling[0] > 3.0


def test_scatter_beyond_chance_is_measured_and_raises_the_ceiling():
    draw = np.random.default_rng(2)
    wild = draw.poisson(draw.gamma(2.0, 5.0, size=(8, 60))).astype(float)
    calm = _weeks(np.full(60, 10.0), 8)
    known = np.ones(wild.shape, dtype=bool)
    assert expectation(calm, known).dispersion < 1.5
    assert expectation(wild, known).dispersion > 3
    assert expectation(wild, known).ceiling.mean() > expectation(calm, known).ceiling.mean()


def test_a_topic_nobody_ever_wrote_about_still_has_a_ceiling():
    nothing = np.zeros((4, 24))
    found = expectation(nothing, np.ones(nothing.shape, dtype=bool))
    assert (found.ceiling > 0).all() and found.ceiling.max() < 0.5


def test_without_any_past_there_is_nothing_to_expect():
    with pytest.raises(ValueError, match="known"):
        expectation(np.zeros((2, 3)), np.zeros((2, 3), dtype=bool))
