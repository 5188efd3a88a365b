"""Learning the scales: one step each, with the posterior as it stands.

What spreads members, topics and groups follows from expected squares (EM: Dempster, Laird and Rubin 1977). What acts
within tickets (the residue's spread, loads, noise) takes a step of Fisher scoring by the outer product of the
tickets' scores (Berndt, Hall, Hall and Hausman 1974); EM would need hundreds of steps, as a ticket says little about
its residue. Both count in that abilities are uncertain; without that, tickets seem less varied than they are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fengong.engine.rating.arrow import Solved, diagonal_part
from fengong.engine.rating.channels import HELD, LIKED, TIME
from fengong.engine.rating.kernels.curvature import Swing
from fengong.engine.rating.outcomes import Floats, Ints
from fengong.engine.rating.posterior import Posterior, Problem
from fengong.engine.rating.priors import Scales
from fengong.engine.rating.shared import Layout
from fengong.engine.rating.slots import EXTRA, Slots

_LEAST = 0.05  # no spread falls below this
_FARTHEST = 0.2  # how far one step may move, and
_SHARE = 0.75  # how much of it is taken, as abilities follow a step behind


def learned(problem: Problem, scales: Scales, now: Posterior, blurred: Swing) -> Scales:
    """Return better scales."""
    layout, priors = problem.layout, problem.priors
    start = priors.scales_for(len(layout.sizes))
    weight = priors.weight
    general, topical = _abilities(problem.slots, scales, now, start, weight)
    head, at = np.diag(now.solved.head), now.at
    topic, kind = slice(layout.topic, layout.time), slice(layout.kind + 1, layout.group(0))
    slots = problem.slots
    extra = slots.first(np.arange(1, slots.members + 1)) - EXTRA
    return replace(
        scales,
        general=general,
        topical=topical,
        topic=_spread(at[topic] ** 2 + head[topic], start.topic, weight),
        kind=_spread(at[kind] ** 2 + head[kind], start.kind, weight),
        groups=_groups(layout, now, start, weight),
        pace=_extra(now, extra, len(layout), start.pace, weight),
        manner=_extra(now, extra + 1, len(layout), start.manner, weight),
        **_within(problem, scales, now, blurred),
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


def _extra(now: Posterior, places: Ints, shared: int, before: float, weight: float) -> float:
    variance = np.array([diagonal_part(now.solved.inner, int(place), 1)[0, 0] for place in places])
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
            left = own - own @ diagonal_part(now.solved.inner, first, size) @ own
            topic = slots.topic[slots.bounds[member] : slots.bounds[member + 1]]
            gain = np.outer(pull, pull) - left
            sums += gain.sum(), gain[topic[:, None] == topic[None, :]].sum()
            ranks += 1, len(np.unique(topic))
    before = np.array([scales.general, scales.topical]) ** 2
    prior = np.array([start.general, start.topical]) ** 2
    squares = (before * ranks + before**2 * sums + weight * prior) / (ranks + weight)
    general, topical = np.maximum(np.sqrt(np.maximum(squares, 0.0)), _LEAST)
    return float(general), float(topical)


_LOADS = {"time_load": TIME, "satisfaction_load": LIKED, "reopen_load": HELD}
_NOISES = {"time_sd": TIME, "satisfaction_sd": LIKED}


def _within(problem: Problem, scales: Scales, now: Posterior, blurred: Swing) -> dict[str, float]:
    """One joint step for what acts within tickets; `weight` values at the start pull them back."""
    channels, found = problem.sight.channels, now.found
    start, weight, firsts = problem.priors.scales, problem.priors.weight, channels.bounds[:-1]
    score = {"ticket": _pull(found.mean**2 + found.variance + blurred.moved, scales.ticket)}
    pull = found.pull - found.info * blurred.joint
    for name, kind in _LOADS.items():
        score[name] = np.add.reduceat(np.where(channels.kind == kind, pull, 0.0), firsts)
    for name, kind in _NOISES.items():
        each = np.where(channels.kind == kind, _pull(found.miss, getattr(scales, name)), 0.0)
        score[name] = np.add.reduceat(each, firsts)
    old = np.array([getattr(scales, name) for name in score])
    first = np.array([getattr(start, name) for name in score])
    back = np.array([name in _LOADS for name in score])
    spreads = np.where(back, 1.0, old)  # a load may be 0
    spread = np.stack(list(score.values()), axis=1)
    gradient = spread.sum(axis=0) + weight * np.where(back, first - old, (first**2 - old**2) / spreads**3)
    information = spread.T @ spread + np.diag(weight * np.where(back, 1.0, 2.0 / spreads**2))
    step = np.linalg.solve(information, gradient)
    step *= min(_SHARE, _FARTHEST / max(float(np.abs(step).max()), _FARTHEST))
    least = np.where(back, 0.0, _LEAST)  # below 0 ability would be another thing in each channel
    return dict(zip(score, np.maximum(old + step, least).tolist(), strict=True))


def _pull(squares: Floats, sd: float) -> Floats:
    """The score of a standard deviation, given the expected squares of what it spreads."""
    return np.asarray(squares / sd**3 - 1.0 / sd)


def settled(old: Scales, new: Scales, solved: Solved, tolerance: float) -> bool:
    """True where neither the scales nor the variables move any more."""
    values = [np.array([*_numbers(scales)]) for scales in (old, new)]
    return bool(np.abs(values[0] - values[1]).max() < tolerance and np.abs(solved.step).max() < tolerance)


def _numbers(scales: Scales) -> list[float]:
    fields = (getattr(scales, name) for name in Scales.__slots__ if name != "groups")
    return [*fields, *scales.groups]
