"""Learning the scales: one EM step each, with the posterior as it stands.

Standard deviations follow from the expected squares of what they spread (Dempster, Laird and Rubin 1977); loads
from a Newton step on the expected log likelihood.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fengong.engine.rating.arrow import Solved, diagonal_part
from fengong.engine.rating.channels import HELD, LIKED, TIME, Channels
from fengong.engine.rating.outcomes import Bools, Floats
from fengong.engine.rating.posterior import Posterior, Problem
from fengong.engine.rating.priors import Priors, Scales
from fengong.engine.rating.shared import Layout
from fengong.engine.rating.slots import EXTRA, Slots

_LEAST = 0.05  # no scale falls below this


def learned(problem: Problem, layout: Layout, priors: Priors, scales: Scales, now: Posterior) -> Scales:
    """Return better scales."""
    start = priors.scales_for(len(layout.sizes))
    weight = priors.weight
    general, topical = _abilities(problem.slots, scales, now, start, weight)
    head, at = np.diag(now.solved.head), now.at
    topic = slice(layout.topic, layout.time)
    found, slots = now.found, problem.slots
    extra = slots.first(np.arange(1, slots.members + 1)) - EXTRA
    return replace(
        scales,
        general=general,
        topical=topical,
        ticket=_spread(found.mean**2 + found.variance, start.ticket, weight),
        topic=_spread(at[topic] ** 2 + head[topic], start.topic, weight),
        groups=_groups(layout, now, start, weight),
        pace=_extra(now, extra, len(layout), start.pace, weight),
        manner=_extra(now, extra + 1, len(layout), start.manner, weight),
        **_loads(problem.sight.channels, scales, now, start, weight),
    )


def _spread(squares: Floats, before: float, weight: float) -> float:
    mean = (squares.sum() + weight * before**2) / (len(squares) + weight)
    return float(max(np.sqrt(mean), _LEAST))


def _groups(layout: Layout, now: Posterior, start: Scales, weight: float) -> tuple[float, ...]:
    made = []
    for kind, size in enumerate(layout.sizes):
        mine = slice(layout.group(kind), layout.group(kind) + size)
        squares = now.at[mine] ** 2 + np.diag(now.solved.head)[mine]
        made.append(_spread(squares, start.groups[kind], weight))
    return tuple(made)


def _extra(now: Posterior, places: Floats, shared: int, before: float, weight: float) -> float:
    variance = np.array([diagonal_part(now.solved.shaft, int(place), 1)[0, 0] for place in places])
    return _spread(now.at[shared:][places] ** 2 + variance, before, weight)


def _abilities(
    slots: Slots, scales: Scales, now: Posterior, start: Scales, weight: float
) -> tuple[float, float]:
    """EM for the two parts of ability: s'^2 = s^2 + s^4 (a' A a - tr(A Q)) / rank, a = P m, Q = P - P C P."""
    shared = len(now.at) - len(slots)
    sums, ranks = np.zeros(2), np.zeros(2)
    for member, inner in enumerate(now.inner):
        size = len(inner) - EXTRA
        if size:
            first, own = int(slots.first(member)), inner[:size, :size]
            pull = own @ now.at[shared + first : shared + first + size]
            left = own - own @ diagonal_part(now.solved.shaft, first, size) @ own
            topic = slots.topic[slots.bounds[member] : slots.bounds[member + 1]]
            gain = np.outer(pull, pull) - left
            sums += gain.sum(), gain[topic[:, None] == topic[None, :]].sum()
            ranks += 1, len(np.unique(topic))
    before = np.array([scales.general, scales.topical]) ** 2
    prior = np.array([start.general, start.topical]) ** 2
    squares = (before * ranks + before**2 * sums + weight * prior) / (ranks + weight)
    general, topical = np.maximum(np.sqrt(np.maximum(squares, 0.0)), _LEAST)
    return float(general), float(topical)


def _loads(
    channels: Channels, scales: Scales, now: Posterior, start: Scales, weight: float
) -> dict[str, float]:
    time, liked, held = (channels.kind == kind for kind in (TIME, LIKED, HELD))
    return {
        "time_load": _load(now, time, scales.time_load, start.time_load, weight),
        "time_sd": _spread(now.found.miss[time], start.time_sd, weight),
        "satisfaction_load": _load(now, liked, scales.satisfaction_load, start.satisfaction_load, weight),
        "satisfaction_sd": _spread(now.found.miss[liked], start.satisfaction_sd, weight),
        "reopen_load": _load(now, held, scales.reopen_load, start.reopen_load, weight),
    }


def _load(now: Posterior, which: Bools, load: float, before: float, weight: float) -> float:
    """A Newton step; a load is never negative, or ability would be another thing in each channel."""
    found = now.found
    pull = found.pull[which].sum() + weight * (before - load)
    grip = found.grip[which].sum() + weight
    return float(max(load + pull / grip, 0.0))


def settled(old: Scales, new: Scales, solved: Solved, tolerance: float) -> bool:
    """True where neither the scales nor the variables move any more."""
    values = [np.array([*_numbers(scales)]) for scales in (old, new)]
    return bool(np.abs(values[0] - values[1]).max() < tolerance and np.abs(solved.step).max() < tolerance)


def _numbers(scales: Scales) -> list[float]:
    fields = (getattr(scales, name) for name in Scales.__slots__ if name != "groups")
    return [*fields, *scales.groups]
