"""The benchmark's own arithmetic: how long a run must be, when a row holds, how it is shown."""

from __future__ import annotations

import pytest
from scipy.stats import t as student

from benchmarks.validation.lengths import needed
from benchmarks.validation.page import page
from benchmarks.validation.queues import settings
from benchmarks.validation.table import Row, markdown


def row(mean: float, half: float, low: float = 2.0, high: float = 2.0) -> Row:
    return Row("M/M/c", "3 servers", "wait", low, high, mean, half)


@pytest.mark.parametrize("load", [0.5, 2.0])
def test_lengths_of_one_place_are_those_of_two_states(load):
    # busy with p = a / (1 + a): asymptotic variance 2 a / (1 + a)³, beside the mean 2 / (a (1 + a))
    quantile = student.ppf(0.9995, 9)
    expected = 2 / (load * (1 + load)) * (quantile / 0.05) ** 2
    assert needed(1, load, 0.05, runs=10, places=1) == pytest.approx(expected)


def test_lengths_grow_with_the_square_of_precision_and_near_saturation():
    assert needed(5, 4.0, 0.01, runs=10) == pytest.approx(9 * needed(5, 4.0, 0.03, runs=10))
    assert needed(5, 4.8, 0.01, runs=10) > 4 * needed(5, 4.0, 0.01, runs=10)
    assert needed(100, 100.0, 0.01, runs=10, leaving=0.5) < needed(100, 98.0, 0.01, runs=10)


def test_a_row_holds_where_the_intervals_meet():
    assert row(2.1, 0.1).holds
    assert not row(2.1, 0.09).holds
    assert row(1.0, 0.1, low=1.1, high=1.3).holds
    assert not row(1.0, 0.05, low=1.1, high=1.3).holds
    assert row(2.0, 0.1).relative == pytest.approx(0.05)


def test_a_setting_is_named_once_and_a_miss_stands_out():
    lines = list(markdown([row(2.1, 0.2), row(3.0, 0.2)], "theory", "99.9 %"))
    assert lines[2] == "| 3 servers | wait | 2 | 2.1 ± 0.2 | 10.0% | agrees |"
    assert lines[3] == "|  | wait | 2 | 3 ± 0.2 | 10.0% | **differs** |"


def test_the_page_counts_what_misses():
    text = "\n".join(page([row(2.1, 0.2), row(3.0, 0.2)], 2e6))
    assert "or 6 or 10 % where\n  2 million contacts" in text
    assert "**1 settings, 2 figures, 1 outside their interval of 99.9 %.**" in text


def test_theory_is_what_the_textbook_says():
    known = {setting.name: setting.exact for setting in settings()}
    assert known["12 servers, load 8.4"]["delayed"] == pytest.approx(0.183888630393, rel=1e-10)
    assert known["50 servers, load 48, patience 2 min"]["wait"] == pytest.approx(0.0618244983244, rel=1e-10)
    assert known["1 servers, loads 0.3 + 0.3"]["wait, class 1"] == pytest.approx(0.6 / (0.7 * 0.4))
    assert known["10 servers, load 10, 10 places"]["blocked"] == pytest.approx(0.214582343107, rel=1e-10)
