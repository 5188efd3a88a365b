"""What a given policy of a small team costs in the long run, exactly."""

from __future__ import annotations

import numpy as np

from fengong.engine.compiled import compiled, lean
from fengong.engine.staffing.erlang import Floats
from fengong.engine.staffing.exact.chart import Chart, Ints
from fengong.engine.staffing.exact.optimum import MOST_SWEEPS, SWEEPS, NotConverged, after_taking


def long_run_cost(
    chart: Chart, actions: Ints, *, tolerance: float = 1e-3, start: Floats | None = None
) -> float:
    """Average cost per unit of time of the policy `actions` i64[states]: the pair that takes a ticket next, -1 = none.

    Value iteration with the policy fixed, over the states in which it leaves everything as it is; bracketed as the
    optimum is, to a relative width of `tolerance`. `start` f64[states]: relative values to begin with; those of the
    optimum save time. Errors: NotConverged.
    """
    values = np.zeros(chart.states) if start is None else start.copy()
    spare, lands = values.copy(), np.empty(chart.states, dtype=np.int64)
    _settle(chart, actions, lands)
    for _ in range(0, MOST_SWEEPS, SWEEPS):
        least, most = _sweeps(chart, lands, values, spare)
        if most - least <= tolerance * max(abs(most), 1e-12):
            return (least + most) / 2
    raise NotConverged(f"after {MOST_SWEEPS} sweeps the cost is only known to lie in [{least:g}, {most:g}]")


@compiled
def _settle(chart: Chart, actions: Ints, lands: Ints) -> None:
    """Where each state ends once the policy has taken all it takes."""
    for queue in range(len(chart.waiting)):
        for work in range(len(chart.held)):
            state = queue * len(chart.held) + work
            pair = actions[state]
            lands[state] = state if pair < 0 else lands[after_taking(chart, queue, work, pair)]


@compiled
def _sweeps(chart: Chart, lands: Ints, values: Floats, spare: Floats) -> tuple[float, float]:
    least, most = 0.0, 0.0
    for _ in range(SWEEPS):
        least, most = _step(chart, lands, values, spare)
        values[:] = spare - spare[lands[0]]
    return least, most


@lean
def _step(chart: Chart, lands: Ints, values: Floats, spare: Floats) -> tuple[float, float]:
    least, most = np.inf, -np.inf
    for queue in range(len(chart.waiting)):
        for work in range(len(chart.held)):
            state = queue * len(chart.held) + work
            if lands[state] != state:
                continue
            change = chart.cost[queue]
            for kind in range(len(chart.arrivals)):
                if chart.waiting[queue, kind] < chart.longest[kind]:
                    then = lands[state + chart.stride[kind] * len(chart.held)]
                    change += chart.arrivals[kind] * (values[then] - values[state])
            change += _finished(chart, lands, values, state, work)
            least, most = min(least, change), max(most, change)
            spare[state] = values[state] + change / chart.top
    return least, most


@lean
def _finished(chart: Chart, lands: Ints, values: Floats, state: int, work: int) -> float:
    change = 0.0
    for pair in range(len(chart.kind)):
        if chart.held[work, pair]:
            then = lands[state - work + chart.less[work, pair]]
            change += chart.held[work, pair] * chart.rate[pair] * (values[then] - values[state])
    return change
