"""Others' models: fewer days and minutes than in `bin/bench validation`, whose table stands in docs/engine."""

from __future__ import annotations

import pytest

from benchmarks.validation import pooling
from benchmarks.validation.pooling import ANCHORS, pooling_rows
from benchmarks.validation.published import MMC, SIMPLE_MSK, published_rows
from fengong.engine.staffing.limited import limited_queue


def test_published_example_models_are_met():
    rows = list(published_rows(400))
    assert len(rows) == len(MMC) + len(SIMPLE_MSK)
    assert [row for row in rows if not row.holds] == []
    assert max(row.relative for row in rows if row.figure in ("service level", "served", "occupancy")) < 0.03


def test_a_little_cross_training_is_nearly_as_good_as_all_of_it():
    rows = list(pooling_rows(3_000.0))
    assert [row for row in rows if not row.holds] == []
    wait = {row.setting: row.mean for row in rows if (row.family, row.figure) == ("pooling", "wait")}
    assert len(wait) == len(ANCHORS)
    assert wait["1 of 6 skills"] > 4 * wait["2 of 6 skills"] > 4.5 * wait["6 of 6 skills"]


def test_six_lines_with_places_enough_for_all_are_six_lines(monkeypatch):
    monkeypatch.setattr(pooling, "PLACES", 1200)
    alone = limited_queue(arrival_rate=1.4, service_rate=0.1, servers=15, places=1000)
    found = pooling.separate()
    assert found["blocked"] == pytest.approx(0.0, abs=1e-12)
    assert found["wait"] == pytest.approx(alone.mean_wait)
    assert found["delayed"] == pytest.approx(alone.p_wait)
    assert found["within target"] == pytest.approx(1 - alone.p_wait_over(0.5))
