"""Classical rules as tables of actions.

`DEDICATED` each kind only by its home group · `HOME_FIRST` home kinds first, others only above a number waiting ·
`RESERVE` home kinds first, others only while more than a number of members are free · `C_MU` greatest costs * rate ·
`GENERAL_C_MU` greatest costs * rate * number waiting (Mandelbaum, Stolyar 2004) · `QUEUE_RATIO` the kind whose share of
all that wait most exceeds the wanted one, equal for all kinds but the first (Gurvich, Whitt 2009). All but the first
three leave nobody idle while there is work. Of several groups that could take a ticket its home comes first, then the
others in their order.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import compiled, lean
from fengong.engine.staffing.erlang import Floats
from fengong.engine.staffing.exact.chart import Chart, Ints

DEDICATED, HOME_FIRST, RESERVE, C_MU, GENERAL_C_MU, QUEUE_RATIO = range(6)
_NOT, _FIRST, _TIE = -1e300, 1e9, 1e-6


class _Rule(NamedTuple):
    code: int
    home: Ints
    costs: Floats
    parameter: float


def rule_actions(chart: Chart, rule: int, *, home: Ints, costs: Floats, parameter: float = 0.0) -> Ints:
    """i64[states] for `long_run_cost`. `home` i64[kinds]: each kind's own group · `costs` f64[kinds] · `parameter`: the
    threshold, the reserve, or the first kind's wanted share of the queue.
    """
    actions = np.empty(chart.states, dtype=np.int64)
    _fill(chart, _Rule(rule, home, costs, float(parameter)), actions)
    return actions


@compiled
def _fill(chart: Chart, rule: _Rule, actions: Ints) -> None:
    for queue in range(len(chart.waiting)):
        for work in range(len(chart.held)):
            best, action = _NOT, -1
            for pair in range(len(chart.kind)):
                score = _score(chart, rule, queue, work, pair)
                if score > best:
                    best, action = score, pair
            actions[queue * len(chart.held) + work] = action


@lean
def _score(chart: Chart, rule: _Rule, queue: int, work: int, pair: int) -> float:
    kind, group = chart.kind[pair], chart.group[pair]
    waits, free = chart.waiting[queue, kind], chart.free[work, group]
    at_home = group == rule.home[kind]
    if waits == 0 or free == 0 or not (at_home or _may_help(rule, waits, free)):
        return _NOT
    score = _index(chart, rule, queue, pair)
    return score + (_FIRST if at_home and rule.code <= RESERVE else 0.0) + (_TIE if at_home else 0.0)


@lean
def _index(chart: Chart, rule: _Rule, queue: int, pair: int) -> float:
    kind = chart.kind[pair]
    waits = chart.waiting[queue, kind]
    if rule.code == QUEUE_RATIO:
        others = max(1, len(chart.arrivals) - 1)
        wanted = rule.parameter if kind == 0 else (1.0 - rule.parameter) / others
        return float(waits / chart.waiting[queue].sum() - wanted)
    return float(rule.costs[kind] * chart.rate[pair] * (waits if rule.code == GENERAL_C_MU else 1))


@lean
def _may_help(rule: _Rule, waits: int, free: int) -> bool:
    if rule.code == DEDICATED:
        return False
    if rule.code == HOME_FIRST:
        return bool(waits > rule.parameter)
    return rule.code != RESERVE or bool(free > rule.parameter)
