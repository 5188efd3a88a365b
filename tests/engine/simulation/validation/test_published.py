"""Others' models: fewer days and minutes than in `bin/bench validation`, whose table stands in docs/engine."""

from __future__ import annotations

from benchmarks.validation.pooling import ANCHORS, pooling_rows
from benchmarks.validation.published import MMC, SIMPLE_MSK, published_rows


def test_published_example_models_are_met():
    rows = list(published_rows(400))
    assert len(rows) == len(MMC) + len(SIMPLE_MSK)
    assert [row for row in rows if not row.holds] == []
    assert max(row.relative for row in rows if row.figure in ("service level", "served", "occupancy")) < 0.03


def test_a_little_cross_training_is_nearly_as_good_as_all_of_it():
    rows = list(pooling_rows(8_000.0))
    assert [row for row in rows if not row.holds] == []
    wait = {row.setting: row.mean for row in rows if row.figure == "wait"}
    assert len(wait) == len(ANCHORS)
    assert wait["1 of 6 skills"] > 4 * wait["2 of 6 skills"] > 4.5 * wait["6 of 6 skills"]
