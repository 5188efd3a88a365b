"""A team of groups under `routing.kernels.keeping`, played event by event as a Markov chain."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import compiled, lean
from fengong.engine.routing.arrays import Floats, Ints
from fengong.engine.routing.kernels.keeping import Keeping, next_pair


class Stage(NamedTuple):
    """arrivals, costs f64[kinds] · members i64[groups] · rates f64[kinds, groups] · longest i64[kinds] tickets that may
    wait, who comes then is lost · power 1 or 2 of the cost per number waiting."""

    arrivals: Floats
    members: Ints
    rates: Floats
    costs: Floats
    longest: Ints
    power: int


class _State(NamedTuple):
    waiting: Ints
    free: Ints
    held: Ints


@compiled
def played_cost(stage: Stage, keeping: Keeping, events: int, dice: np.random.Generator) -> float:
    """Mean cost per unit of time over so many possible events, the first twentieth left out.

    One number of `dice` decides each event, and every group has its own band of numbers, so two keepings played with
    equal dice meet the same arrivals and nearly the same completions.
    """
    kinds, groups = stage.rates.shape
    state = _State(np.zeros(kinds, np.int64), stage.members.copy(), np.zeros((kinds, groups), np.int64))
    bands = np.empty(groups)
    for group in range(groups):
        bands[group] = stage.members[group] * stage.rates[:, group].max()
    whole, total, warm = stage.arrivals.sum() + bands.sum(), 0.0, events // 20
    cost = 0.0
    for event in range(events):
        if event >= warm:
            total += cost
        if _happens(stage, state, bands, dice.random() * whole):
            _take(keeping, state)
            cost = _cost(stage, state.waiting)
    return float(total / (events - warm))


@lean
def _happens(stage: Stage, state: _State, bands: Floats, where: float) -> bool:
    """An arrival, a completion, or nothing."""
    for kind in range(len(stage.arrivals)):
        if where < stage.arrivals[kind]:
            if state.waiting[kind] < stage.longest[kind]:
                state.waiting[kind] += 1
            return True
        where -= stage.arrivals[kind]
    for group in range(len(bands)):
        if where < bands[group]:
            return _finishes(stage, state, group, where)
        where -= bands[group]
    return False


@lean
def _finishes(stage: Stage, state: _State, group: int, where: float) -> bool:
    for kind in range(len(stage.arrivals)):
        band = state.held[kind, group] * stage.rates[kind, group]
        if where < band:
            state.held[kind, group] -= 1
            state.free[group] += 1
            return True
        where -= band
    return False


@lean
def _take(keeping: Keeping, state: _State) -> None:
    kind, group = next_pair(keeping, state.waiting, state.free)
    while kind >= 0:
        state.waiting[kind] -= 1
        state.free[group] -= 1
        state.held[kind, group] += 1
        kind, group = next_pair(keeping, state.waiting, state.free)


@lean
def _cost(stage: Stage, waiting: Ints) -> float:
    cost = 0.0
    for kind in range(len(waiting)):
        cost += stage.costs[kind] * waiting[kind] ** stage.power
    return cost
