"""One pool of people who are alike, first come first served: no events are needed.

The next ticket begins when it has come and the person who is free first is free; whoever is free first is also the one
idle longest. So the recursion of Kiefer & Wolfowitz (1955, On the theory of queues with many servers), with a heap of
the moments at which people are free, gives the same figures from the same draws as the event loop, several times
faster. With patience, who would wait longer than that leaves nothing behind.
"""

from __future__ import annotations

from math import inf
from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import inner, lean
from fengong.engine.routing.arrays import Floats, Ints
from fengong.engine.routing.kernels.codes import ALIS, LONGEST_IDLE
from fengong.engine.routing.kernels.dials import Dials
from fengong.engine.simulation.centre.arrivals import next_arrival
from fengong.engine.simulation.centre.chance import EFFORT, PATIENCE, length
from fengong.engine.simulation.centre.durations import CONSTANT
from fengong.engine.simulation.centre.figures import IN_QUEUE, STAYING, note_wait, period_of, row_of
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Behaviour, Group
from fengong.engine.simulation.centre.state import (
    ABANDONED,
    BY_TIER,
    GAVE_UP_IN_TIME,
    LEFT,
    OFFERED,
    PACE,
    PATIENCE_SUM,
    RIGHT_FIRST,
    SERVED,
    STAY_SUM,
    World,
)
from fengong.engine.simulation.centre.streams import Stream


def is_plain(model: Model, code: int, dials: Dials) -> bool:
    """Whether the recursion holds: one stream, one pool always there, first come first served, nothing else."""
    stream, group = model.streams[0], model.crew[0]
    if len(model.streams) > 1 or code not in (ALIS, LONGEST_IDLE) or dials.over.max() > 0 or model.drain:
        return False
    alone = all(_is_alike(each, group, stream) for each in model.crew) and stream.team == 0
    able = group.skills.get(stream.topic, 0.0) >= dials.need[(stream.graded or stream.difficulty) - 1]
    above = group.tier - (stream.tier or stream.graded or stream.difficulty)
    once = not (stream.retry or stream.reopening or stream.awaits)
    steady = model.behaviour.fatigue == model.behaviour.growth == 0 and _never_fails(model.behaviour)
    return alone and able and 0 <= above <= dials.reach and once and steady and model.places == inf


def _is_alike(one: Group, other: Group, stream: Stream) -> bool:
    """Like the other, always there, and with one ticket at a time."""
    always = not (one.shifts or one.headcount or one.team)
    single = one.slots_of(stream.channel) == 1 and one.most in (None, 1) and one.capacity is None
    same = (one.tier, one.pace, one.strain, one.skills) == (
        other.tier,
        other.pace,
        other.strain,
        other.skills,
    )
    return always and single and same


def _never_fails(behaviour: Behaviour) -> bool:
    return max(*behaviour.failure, *behaviour.failure_at) == 0


class Heap(NamedTuple):
    """When each member is free f64[m], the earliest on top, and who it is i64[m]; of two alike the smaller first."""

    free: Floats
    who: Ints


def all_free(members: int) -> Heap:
    """Everybody since minute 0."""
    return Heap(np.zeros(members), np.arange(members))


@lean
def recur(world: World, heap: Heap) -> None:
    """The whole run."""
    marks, source, horizon = world.marks[0], world.streams[0], world.habits[0].horizon
    patient = world.lengths[0, PATIENCE].kind == CONSTANT and world.lengths[0, PATIENCE].mean == inf
    marks.now = 0.0
    at = next_arrival(world, 0)
    while at <= horizon:
        marks.now = at
        period = period_of(world, at)
        row = row_of(world, 0, period)
        world.counts[row, OFFERED] += 1
        marks.events += 1
        begun = max(at, heap.free[0])
        limit = inf
        if not patient and begun > at:
            limit = at + length(
                world.pool, world.lengths[0, PATIENCE], world.keys[0, PATIENCE], period, source.number
            )
        if begun <= limit:
            _serve(world, heap, row, period)
        else:
            _lose(world, row, limit)
        source.number += 1
        source.last = at
        at = next_arrival(world, 0)
    marks.now = horizon
    for member in range(len(world.people)):
        world.people[member].here = horizon - world.habits[0].warmup


@inner
def _serve(world: World, heap: Heap, row: int, period: int) -> None:
    """Whoever is free first takes what has just come."""
    at, number, member = world.marks[0].now, world.streams[0].number, heap.who[0]
    begun = max(at, heap.free[0])
    minutes = _minutes(world, period, number) * world.skill[PACE, member, world.streams[0].topic]
    minutes *= world.strain[member, world.streams[0].difficulty - 1]
    ended = begun + minutes
    _sink(heap, ended)
    _pass(world, IN_QUEUE, at, begun)
    _pass(world, STAYING, at, ended)
    if begun > world.habits[0].horizon:
        world.counts[row, LEFT] += 1
        return
    note_wait(world, 0, row, begun - at)
    _note_work(world, member, begun, ended)
    if ended > world.habits[0].horizon:
        world.counts[row, LEFT] += 1
    else:
        _note_served(world, row, world.people[member].tier, ended - at)


@inner
def _minutes(world: World, period: int, number: int) -> float:
    """The effort of this ticket."""
    source = world.streams[0]
    if source.traced:
        known = world.pool[source.efforts + number]
        if known >= 0.0:
            return float(known)
    return length(world.pool, world.lengths[0, EFFORT], world.keys[0, EFFORT], period, number)


@inner
def _sink(heap: Heap, ended: float) -> None:
    """The member on top is free again then."""
    who, size = heap.who[0], len(heap.free)
    at, below = 0, 1
    while below < size:
        if below + 1 < size and _is_before(heap, heap.free[below + 1], heap.who[below + 1], below):
            below += 1
        if _is_before(heap, ended, who, below):
            break
        heap.free[at] = heap.free[below]
        heap.who[at] = heap.who[below]
        at = below
        below = 2 * at + 1
    heap.free[at] = ended
    heap.who[at] = who


@inner
def _is_before(heap: Heap, free: float, who: int, at: int) -> bool:
    return bool(free < heap.free[at] or (free == heap.free[at] and who < heap.who[at]))


@inner
def _pass(world: World, area: int, since: float, until: float) -> None:
    """Minutes between warm-up and horizon."""
    habits = world.habits[0]
    world.areas[area, 0] += max(0.0, min(until, habits.horizon) - max(since, habits.warmup))


@inner
def _note_work(world: World, member: int, begun: float, ended: float) -> None:
    person, warmup, horizon = world.people[member], world.habits[0].warmup, world.habits[0].horizon
    person.busy += max(0.0, min(ended, horizon) - max(begun, warmup))
    if begun >= warmup:
        person.taken += 1
        person.handed += world.streams[0].planned
    if ended >= warmup:
        person.worked += min(ended, horizon) - begun
        person.solved += ended <= horizon


@inner
def _note_served(world: World, row: int, tier: int, stay: float) -> None:
    world.marks[0].events += 1
    world.counts[row, SERVED] += 1
    world.counts[row, BY_TIER + tier] += 1
    world.counts[row, RIGHT_FIRST] += tier == world.streams[0].difficulty
    world.sums[row, STAY_SUM] += stay


@inner
def _lose(world: World, row: int, limit: float) -> None:
    """The customer gives up then, unless the horizon comes first."""
    at = world.marks[0].now
    _pass(world, IN_QUEUE, at, limit)
    _pass(world, STAYING, at, limit)
    if limit > world.habits[0].horizon:
        world.counts[row, LEFT] += 1
        return
    world.marks[0].events += 1
    world.counts[row, ABANDONED] += 1
    world.counts[row, GAVE_UP_IN_TIME] += limit - at <= world.streams[0].promise
    world.sums[row, PATIENCE_SUM] += limit - at
