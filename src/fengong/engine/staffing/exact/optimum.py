"""The least long-run average cost of a small team, by relative value iteration.

Time runs in steps of mean length 1 / top (uniformisation: Lippman 1975, Applying a new device in the optimization of
exponential queuing systems). After each event, a lost arrival too, tickets may be taken, one after the other, as long
as that lowers what follows; then the state stays until the next event. The least and the greatest change of the
relative values over one sweep bracket the optimum (Odoni 1969, On finding the maximal gain for Markov decision
processes), so the answer carries its own proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import compiled, lean
from fengong.engine.staffing.erlang import Floats
from fengong.engine.staffing.exact.chart import Chart, Ints

SWEEPS = 50  # between two looks at the bracket
MOST_SWEEPS = 200_000


class NotConverged(ArithmeticError):
    """The bracket was still too wide after the most sweeps."""


class _Work(NamedTuple):
    """f64[states] values if the state stays · decided: after the best decisions · spare, to write to · actions."""

    values: Floats
    decided: Floats
    spare: Floats
    actions: Ints


@dataclass(frozen=True, eq=False)
class Optimum:
    """`cost` per unit of time, proved to lie between `least` and `most` · `actions` i64[states]: the pair that takes a
    ticket next, -1 = none · `values` f64[states]: relative values."""

    cost: float
    least: float
    most: float
    actions: Ints
    values: Floats


def optimum(chart: Chart, *, tolerance: float = 1e-3) -> Optimum:
    """The best policy. `tolerance`: relative width of the bracket. Errors: NotConverged."""
    values, decided, spare = np.zeros(chart.states), np.zeros(chart.states), np.zeros(chart.states)
    found = _Work(values, decided, spare, np.full(chart.states, -1, dtype=np.int64))
    for _ in range(0, MOST_SWEEPS, SWEEPS):
        least, most = _sweeps(chart, found)
        if most - least <= tolerance * max(abs(most), 1e-12):
            return Optimum((least + most) / 2, least, most, found.actions, values)
    raise NotConverged(f"after {MOST_SWEEPS} sweeps the cost is only known to lie in [{least:g}, {most:g}]")


@compiled
def _sweeps(chart: Chart, found: _Work) -> tuple[float, float]:
    least, most = 0.0, 0.0
    for _ in range(SWEEPS):
        for queue in range(len(chart.waiting)):
            for work in range(len(chart.held)):
                _decide(chart, found, queue, work)
        least, most = _step(chart, found)
        found.values[:] = found.spare - found.spare[0]
    return least, most


@lean
def _decide(chart: Chart, found: _Work, queue: int, work: int) -> None:
    """Stay, or take a ticket: whatever costs least in the end."""
    state = queue * len(chart.held) + work
    best, action = found.values[state], -1
    for pair in range(len(chart.kind)):
        next_state = after_taking(chart, queue, work, pair)
        if next_state >= 0 and found.decided[next_state] < best:
            best, action = found.decided[next_state], pair
    found.decided[state] = best
    found.actions[state] = action


@lean
def after_taking(chart: Chart, queue: int, work: int, pair: int) -> int:
    """The state after the pair's group took a ticket of the pair's kind, or -1 where it cannot."""
    kind, then = chart.kind[pair], chart.more[work, pair]
    if then < 0 or chart.waiting[queue, kind] == 0:
        return -1
    return int((queue - chart.stride[kind]) * len(chart.held) + then)


@lean
def _step(chart: Chart, found: _Work) -> tuple[float, float]:
    """One step of time from every state: new relative values into `spare`, and the bracket of the cost."""
    values, decided = found.values, found.decided
    least, most = np.inf, -np.inf
    for queue in range(len(chart.waiting)):
        for work in range(len(chart.held)):
            state = queue * len(chart.held) + work
            change = chart.cost[queue]
            for kind in range(len(chart.arrivals)):
                room = chart.waiting[queue, kind] < chart.longest[kind]
                then = state + chart.stride[kind] * len(chart.held) if room else state
                change += chart.arrivals[kind] * (decided[then] - values[state])
            for pair in range(len(chart.kind)):
                if chart.held[work, pair]:
                    then = state - work + chart.less[work, pair]
                    change += chart.held[work, pair] * chart.rate[pair] * (decided[then] - values[state])
            least, most = min(least, change), max(most, change)
            found.spare[state] = values[state] + change / chart.top
    return least, most
