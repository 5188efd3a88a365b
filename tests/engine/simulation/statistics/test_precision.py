from __future__ import annotations

import numpy as np
import pytest

from fengong.engine.simulation.statistics.precision import Precision, wanted


def test_the_least_comes_first_and_enough_is_enough():
    asked = Precision(relative=0.1, least=10)
    assert wanted([1.0, 1.0], asked) == 8
    assert wanted(np.full(10, 3.0), asked) == 0


def test_the_forecast_is_the_square_of_how_much_too_wide_it_is():
    values = np.tile([9.0, 11.0], 10)
    half = 2.093024 * np.std(values, ddof=1) / 20**0.5
    asked = Precision(relative=0.0, absolute=half / 1.499)
    assert wanted(values, asked) == 45 - 20
    assert wanted(values, Precision(absolute=half * 1.01, relative=0.0)) == 0
    assert wanted(values, Precision(absolute=half / 100, relative=0.0)) == 80 - 20


def test_the_relative_error_is_that_of_the_truth():
    values = np.tile([9.0, 11.0], 10)
    half = float(2.093024 * np.std(values, ddof=1) / 20**0.5)
    exact = half / (10 - half)  # γ / (1 + γ) x 10 = half
    assert wanted(values, Precision(relative=exact * 1.001)) == 0
    assert wanted(values, Precision(relative=exact * 0.999)) > 0


def test_the_limit_ends_it():
    values = np.random.default_rng(1).normal(0.0, 1.0, 30)
    assert wanted(values, Precision(relative=0.001, most=50)) == 20
    assert wanted(values, Precision(relative=0.001, most=30)) == 0


@pytest.mark.parametrize(
    "wrong",
    [{"confidence": 95}, {"relative": 0.0}, {"relative": -0.1}, {"least": 1}, {"least": 20, "most": 10}],
)
def test_what_cannot_be_met_is_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Precision(**wrong)
