"""The commonest batch of all, one waiting ticket: the same checks and prices without an array per ticket field.

There is nothing to search for, so the best match is a minimum. The formulae are those of `costs`, the checks those of
`eligibility`; tests hold both ways to the same answer.
"""

from __future__ import annotations

from math import log1p

import numpy as np

from fengong.engine.routing.arrays import Floats, Ints, Scene
from fengong.engine.routing.costs import most_given
from fengong.engine.routing.eligibility import needs, spared
from fengong.engine.routing.savings import POINTS, by_idleness


def best_match(scene: Scene) -> list[tuple[int, int]]:
    """The member position for the only ticket of the queue, as [(0, position)]; empty where it had better wait."""
    members = able(scene)
    if not len(members):
        return []
    units = np.rint(cost(scene, members) * POINTS)
    least = units.min()
    if least >= waiting(scene) * POINTS:
        return []
    return [(0, int(by_idleness(scene, members[units == least])[0]))]


def able(scene: Scene) -> Ints:
    """Positions of the members who pass every check for the ticket."""
    pool, queue, rules = scene.pool, scene.queue, scene.rules
    tier, effort = int(queue.tier[0]), float(queue.effort[0])
    # Compared in the precision that proficiency is kept in, as the checks of a batch do.
    passed = pool.proficiency[:, int(queue.topic[0])] >= needs(scene, np.zeros(1, dtype=np.int64))[0]
    passed &= pool.present
    passed &= pool.load + effort <= pool.capacity
    passed &= (pool.tier >= tier) & (pool.tier <= tier + rules.reach)
    members = np.flatnonzero(passed)
    members = members[pool.off_at[members] >= effort + (scene.now + rules.guard)]
    for barred in queue.barred[:, 1].tolist():
        members = members[members != barred]
    return members[spared(scene, members)]


def cost(scene: Scene, members: Ints) -> Floats:
    """What each match with these members costs, in points: the sum of the terms of `costs.Prices`."""
    pool, queue, rules = scene.pool, scene.queue, scene.rules
    weights, difficulty = rules.weights, int(queue.difficulty[0]) - 1
    capacity = pool.capacity[members]
    share, added = pool.load[members] / capacity, float(queue.effort[0]) / capacity
    proficiency = pool.proficiency[members, int(queue.topic[0])].astype(np.float64)
    beyond = proficiency - rules.wanted[difficulty]
    late_by = (_answered(scene) + rules.patience * share) / rules.lateness_scale
    total: Floats = (weights.lateness * _weight(scene)) * np.logaddexp(0.0, late_by)
    total += np.where(beyond < 0, (-weights.skill_fit / 4.0) * beyond, (weights.surplus_skill / 4.0) * beyond)
    above = pool.tier[members] - queue.tier[0]
    if above.any():
        total += above * (weights.over_qualification if _help_is_due(scene) else weights.reserve)
    total += weights.load_spread * added * (2.0 * share + added)
    total += (weights.given / most_given(pool)) * pool.given[members]
    total[members == queue.last_member[0]] -= weights.continuity
    if queue.priority[0] <= 2 and not _at_risk(scene):
        above_need = proficiency - rules.need[difficulty]
        lesson = (above_need >= 0) & (above_need < rules.stretch) & (share <= rules.calm)
        total[lesson] -= weights.growth
    return total


def waiting(scene: Scene) -> float:
    """What it costs to leave the ticket waiting, in points."""
    rules, weights, weight = scene.rules, scene.rules.weights, _weight(scene)
    age = max(0.0, scene.now - float(scene.queue.waiting_since[0])) + rules.patience
    late_by = (_answered(scene) + rules.patience) / rules.lateness_scale
    lateness = max(0.0, late_by) + log1p(np.exp(-abs(late_by)))
    return weights.waiting + weight * (weights.age * age / rules.lateness_scale + weights.lateness * lateness)


def _weight(scene: Scene) -> float:
    return scene.rules.priority[int(scene.queue.priority[0]) - 1]


def _answered(scene: Scene) -> float:
    """Minutes past the promise at which somebody with nothing else to do would have the ticket done."""
    return scene.now + float(scene.queue.effort[0]) - float(scene.queue.due_at[0])


def _at_risk(scene: Scene) -> bool:
    return float(scene.queue.due_at[0]) < float(scene.queue.effort[0]) + (scene.now + scene.rules.patience)


def _help_is_due(scene: Scene) -> bool:
    """As `Prices.relief`: one ticket is pressure above `overflow` only for fewer than 1 / `overflow` members."""
    queue, rules = scene.queue, scene.rules
    if queue.priority[0] >= rules.urgent or _at_risk(scene):
        return True
    knowing = int(scene.pool.cover()[int(queue.tier[0]) - 1, int(queue.topic[0])])
    if knowing == 0 or 1.0 / knowing > rules.overflow:
        return True
    own = scene.pool.present & (scene.pool.tier == queue.tier[0])
    crowded = 1.0 / int(own.sum()) > rules.overflow
    return crowded and not (own & (scene.pool.capacity - scene.pool.load >= queue.effort[0])).any()
