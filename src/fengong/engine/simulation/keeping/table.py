"""A keeping as a table of actions of a small team, for its exact cost."""

from __future__ import annotations

import numpy as np

from fengong.engine.compiled import compiled
from fengong.engine.routing.kernels.keeping import Keeping, next_pair
from fengong.engine.staffing.exact.chart import Chart, Ints


def keeping_actions(chart: Chart, keeping: Keeping) -> Ints:
    """i64[states] for `staffing.exact.evaluation.long_run_cost`."""
    actions = np.empty(chart.states, dtype=np.int64)
    _fill(chart, keeping, actions)
    return actions


@compiled
def _fill(chart: Chart, keeping: Keeping, actions: Ints) -> None:
    for queue in range(len(chart.waiting)):
        for work in range(len(chart.held)):
            kind, group = next_pair(keeping, chart.waiting[queue], chart.free[work])
            actions[queue * len(chart.held) + work] = chart.pair[kind, group] if kind >= 0 else -1
