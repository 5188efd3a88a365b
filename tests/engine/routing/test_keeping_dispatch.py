"""The kernel that dispatches keeps people free as its keeping says, and comes as close to the optimum."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.small_teams import TWO_TIERS, loss, stage_of
from benchmarks.small_teams.dispatch import dispatched_actions
from fengong.engine.simulation.keeping.search import tuned_keeping
from fengong.engine.simulation.keeping.table import keeping_actions
from fengong.engine.staffing.exact.chart import chart_of
from fengong.engine.staffing.exact.optimum import optimum


@pytest.mark.parametrize("power", [1, 2])
def test_dispatch_of_the_two_tiers_is_within_two_per_cent(power: int):
    team = replace(TWO_TIERS, power=power)
    chart = chart_of(team)
    keeping = tuned_keeping(stage_of(team), events=400_000).keeping
    dispatched = dispatched_actions(chart, team, keeping)
    kept = keeping_actions(chart, keeping)
    assert ((dispatched < 0) == (kept < 0)).all()
    assert loss(chart, optimum(chart), dispatched) <= 2.0
