"""The arithmetic of the routing contest: what its verdicts are worth."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.routing.contest import stored
from benchmarks.routing.field import CONTESTANTS, SCENARIOS
from benchmarks.routing.objective import COLUMNS, FIGURES, RATES, TERM_NAMES, gini_within, points
from benchmarks.routing.verdict import dominates, judge, sensitivity

NOISE = np.random.default_rng(5).normal(0.0, 0.01, (12, len(COLUMNS)))


def rows(**changes: float) -> np.ndarray:
    """Twelve runs whose luck is shared, with some columns moved."""
    found = 1.0 + NOISE
    for name, change in changes.items():
        found[:, COLUMNS.index(name)] += change + 0.001 * np.random.default_rng(7).normal(size=12)
    return found


def test_points_are_the_terms_times_the_rates():
    row = np.zeros(len(COLUMNS))
    row[COLUMNS.index("term_missed")] = 0.25
    row[COLUMNS.index("wait")] = 1e6
    assert points(row) == pytest.approx(0.25 * RATES[TERM_NAMES.index("missed")])


def test_spread_is_told_within_tiers_and_by_the_hour():
    hours = np.array([1.0, 2.0, 1.0, 1.0, 0.0])
    assert gini_within(
        np.array([3.0, 6.0, 9.0, 9.0, 0.0]), hours, np.array([1, 1, 2, 2, 2])
    ) == pytest.approx(0)
    assert gini_within(np.array([0.0, 6.0]), np.ones(2), np.array([1, 1])) == pytest.approx(0.5)


def test_who_is_better_somewhere_and_worse_nowhere_dominates():
    ours = rows()
    assert dominates(rows(wait=-0.1), ours)
    assert dominates(rows(promise_kept=0.1), ours)  # where more is better
    assert not dominates(rows(wait=-0.1, spread=0.1), ours)
    assert not dominates(rows(wait=-1e-6), ours)  # too little to tell


def test_the_closest_rival_comes_first_and_its_margin_is_signed():
    verdict = judge(
        "fengong", {"fengong": rows(), "bad": rows(term_waiting=0.5), "near": rows(term_waiting=0.1)}
    )
    near = verdict.margins[0]
    assert (near.rival, near.says) == ("near", "ahead")
    assert near.low < 0.1 < near.high
    behind = judge("fengong", {"fengong": rows(), "good": rows(term_waiting=-0.5)}).margins[0]
    assert behind.says == "behind"
    assert behind.mean < 0


def test_a_changed_price_can_change_the_winner():
    found = sensitivity(
        {"a": rows(term_missed=0.02, term_handovers=-0.03), "b": rows(term_missed=0.0, term_handovers=0.0)}
    )
    assert found["2 × missed"] == "b"
    assert found["2 × handovers"] == "a"


def test_stored_dials_are_those_the_policies_have():
    for scenario, by_policy in stored().items():
        if scenario not in SCENARIOS:
            continue
        desk = SCENARIOS[scenario]()
        for policy, values in by_policy.items():
            ranges = {dial.name: (dial.low, dial.high) for dial in CONTESTANTS[policy].dials(desk)}
            assert set(values) == set(ranges)
            assert all(ranges[name][0] <= value <= ranges[name][1] for name, value in values.items())


def test_every_figure_has_a_direction_and_every_row_a_place_for_it():
    assert list(COLUMNS[: len(FIGURES)]) == list(FIGURES)
    assert len(COLUMNS) == len(FIGURES) + len(RATES)
