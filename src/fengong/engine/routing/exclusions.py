"""Who was left out of one ticket, for which one reason, and the figures a reader needs to believe it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import repeat
from operator import itemgetter

import numpy as np

from fengong.engine.routing.arrays import Floats, Ints, Scene, Small
from fengong.engine.routing.decision import (
    ABOVE_REACH,
    BELOW_TIER,
    NO_CAPACITY,
    NO_SKILL,
    NO_SLOT,
    NOT_ASKED,
    SHIFT_ENDING,
    Exclusion,
)
from fengong.engine.routing.eligibility import checks, needs
from fengong.engine.routing.translation import asked_in

Detail = Mapping[str, float | int | str]


def sifted(scene: Scene, ticket: int) -> tuple[Ints, tuple[Exclusion, ...]]:
    """Positions of the members who may take `ticket`, and everybody else with the first reason that holds."""
    members = np.arange(len(scene.pool))
    undecided = np.ones(len(members), dtype=np.bool_)
    found: list[Exclusion] = []
    for reason, failed in checks(scene, np.full(len(members), ticket), members):
        out = np.flatnonzero(failed & undecided)
        ids = scene.pool.ids[out].tolist()
        details = _details(scene, reason, ticket, out)
        found.extend(map(Exclusion, ids, repeat(reason), details))
        undecided &= ~failed
    found.sort(key=itemgetter(0))
    return np.flatnonzero(undecided), tuple(found)


def _details(scene: Scene, reason: str, ticket: int, members: Ints) -> Iterable[Detail]:
    """The figures behind `reason`, one mapping per member; minutes, tiers 1..3, proficiency 0..5."""
    pool, queue, rules = scene.pool, scene.queue, scene.rules
    effort, tier = float(queue.effort[ticket]), int(queue.tier[ticket])
    if reason in (BELOW_TIER, ABOVE_REACH):
        bound = {"lowest": tier} if reason == BELOW_TIER else {"highest": tier + rules.reach}
        return _each(pool.tier[members], lambda found: {"tier": found, **bound})
    if reason in (NO_SKILL, NOT_ASKED):
        return _of_skill(scene, ticket, members, asked=reason == NO_SKILL)
    if reason == SHIFT_ENDING:
        off_in = (pool.off_at[members] - scene.now).tolist()
        return [{"off_in": each, "effort": effort, "guard": rules.guard} for each in off_in]
    if reason == NO_CAPACITY:
        held = zip(pool.load[members].tolist(), pool.capacity[members].tolist(), strict=True)
        return [{"load": load, "capacity": capacity, "effort": effort} for load, capacity in held]
    if reason == NO_SLOT:
        return _slots(scene, int(queue.channel[ticket]), members)
    return repeat({}, len(members))


def _of_skill(scene: Scene, ticket: int, members: Ints, *, asked: bool) -> Iterable[Detail]:
    """What they know against what is needed; of those who are not asked, in how many minutes they will be."""
    known = scene.pool.proficiency[members, scene.queue.topic[ticket]].astype(np.float64)
    if not asked:
        return _each(known, lambda found: {"asked_in": asked_in(found)})
    need = need_of(scene, ticket)
    return _each(np.round(known, 2), lambda found: {"proficiency": found, **need})


def need_of(scene: Scene, ticket: int) -> dict[str, float]:
    """The proficiency asked for, as the rules say it; with what it was at first where waiting has eased it."""
    asked = scene.rules.need[int(scene.queue.difficulty[ticket]) - 1]
    now = needs(scene, np.array([ticket]))[0]
    return {"need": asked} if now == np.float32(asked) else {"need": round(float(now), 2), "at_first": asked}


def _slots(scene: Scene, channel: int, members: Ints) -> list[Detail]:
    """Tickets open and allowed: on the channel where that is full, else in all."""
    pool = scene.pool
    held, slots = pool.held[members, channel], pool.slots[members, channel]
    full = held >= slots
    opened = np.where(full, held, pool.held[members].sum(axis=1)).tolist()
    most = np.where(full, slots, pool.most[members]).tolist()
    return [{"open": count, "most": limit} for count, limit in zip(opened, most, strict=True)]


def _each(values: Small | Floats, detail: Callable[[float | int], Detail]) -> Iterable[Detail]:
    """One detail per value; equal values share one mapping."""
    listed = values.tolist()
    made = {value: detail(value) for value in set(listed)}
    return map(made.__getitem__, listed)
