"""Fits what a log cannot tell so that the simulated status quo takes as long as the recorded one did.

Two things per tier are scaled: how long a queued ticket waits until somebody looks, and how long it lies in hand
unworked. They are fitted on some tickets, by fixed-point steps on the ratio of recorded to simulated minutes; the
others are left to check the fit on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fengong.engine.simulation.desk import Behaviour, Bools, Desk, Floats, Ints, totals
from fengong.engine.simulation.recorded import Routes
from fengong.engine.simulation.run import Work, simulate_recorded

STEPS = 3
BOUNDS = (0.02, 10.0)


@dataclass(frozen=True, slots=True)
class Minutes:
    """Recorded minutes by stint: `ticket`, `tier` 1..3, in a queue before, in hand (customers' waits left out)."""

    ticket: Ints
    tier: Ints
    queued: Floats
    in_hand: Floats


def calibrate(
    desk: Desk,
    routes: Routes,
    recorded: Minutes,
    fit: Bools,
    *,
    seeds: Sequence[int] = (0,),
    steps: int = STEPS,
) -> Behaviour:
    """Return the desk's behaviour with its scales fitted on the tickets `fit` bool[n]."""
    use = fit[recorded.ticket]
    wanted_wait = _by_tier(recorded.tier[use], recorded.queued[use])
    wanted_hand = _by_tier(recorded.tier[use], recorded.in_hand[use])
    behaviour = desk.behaviour
    for _ in range(steps):
        wait, hand = _simulated(replace(desk, behaviour=behaviour), routes, fit, seeds)
        behaviour = replace(
            behaviour,
            takeup_scale=_step(behaviour.takeup_scale, wanted_wait, wait),
            dormant_scale=_step(behaviour.dormant_scale, wanted_hand, hand),
        )
    return behaviour


def _simulated(desk: Desk, routes: Routes, fit: Bools, seeds: Sequence[int]) -> tuple[Floats, Floats]:
    work = Work()
    for seed in seeds:
        simulate_recorded(desk, routes, seed=seed, work=work)
    rows = np.array(work.rows)
    rows = rows[fit[rows[:, 0].astype(np.int64)]]
    tier = desk.staff.tier[rows[:, 1].astype(np.int64)]
    return _by_tier(tier, rows[:, 2]) / len(seeds), _by_tier(tier, rows[:, 6] - rows[:, 3]) / len(seeds)


def _by_tier(tier: Ints, minutes: Floats) -> Floats:
    return totals(tier, minutes, 4)[1:4]


def _step(scale: Floats, wanted: Floats, found: Floats) -> Floats:
    ratio = np.where((wanted > 0) & (found > 0), wanted / np.maximum(found, 1e-9), 1.0)
    return np.clip(scale * ratio, *BOUNDS)
