"""The simulator against theory: every figure of every setting within its own interval of 99.9 %."""

from __future__ import annotations

import pytest

from benchmarks.validation.graphs import graph_settings
from benchmarks.validation.queues import TEST, Setting, settings
from benchmarks.validation.simulated import estimated
from benchmarks.validation.table import rows_of

EVERY = [setting for setting in (*settings(), *graph_settings()) if setting.width(TEST)]


@pytest.mark.parametrize("setting", EVERY, ids=lambda setting: f"{setting.family}: {setting.name}")
def test_theory_is_within_the_interval(setting: Setting):
    width = setting.width(TEST)
    assert width
    rows = list(rows_of(setting.family, setting.name, setting.exact, estimated(setting, width)))
    assert [row for row in rows if not row.holds] == []
    assert max(row.relative for row in rows) < 1.3 * width


def test_enough_is_compared():
    families = ["M/M/c", "M/M/c+M", "M/M/c/K", "priorities", "tiers", "skill graphs"]
    assert len(EVERY) >= 36
    assert list(dict.fromkeys(setting.family for setting in EVERY)) == families
    assert max(setting.system.members for setting in EVERY) == 1000
