"""From a model to the world its kernels work on."""

from __future__ import annotations

from math import inf

import numpy as np

from fengong.engine.routing.arrays import Floats, Ints
from fengong.engine.routing.kernels.codes import BULLSEYE, FENGONG, FIXED_RATIO, OVERFLOW
from fengong.engine.routing.kernels.dials import Dials
from fengong.engine.routing.kernels.tally import empty_tally
from fengong.engine.simulation.centre.chance import Rows
from fengong.engine.simulation.centre.crewing import everyone_in, levels_of, paces_of, people_of, slots_of
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Behaviour
from fengong.engine.simulation.centre.planning import plan_people
from fengong.engine.simulation.centre.pool import Pool
from fengong.engine.simulation.centre.result import BINS
from fengong.engine.simulation.centre.sourcing import keys_of, lengths_of, streams_of
from fengong.engine.simulation.centre.state import (
    COUNTS,
    HABITS,
    MARKS,
    SUMS,
    TICKET,
    World,
)
from fengong.engine.simulation.centre.timers import more_timers, no_timers

FIRST_SLOTS = 64
BARRED = 3  # who tried last do not get it again
HELD_BY = (FENGONG, FIXED_RATIO, OVERFLOW, BULLSEYE)  # may keep a ticket waiting though somebody is free
_SAME = ("horizon", "warmup", "places", "period", "periods", "cycle", "beat")
_OWN = ("slowdown", "hold", "tried", "growth", "fading", "fatigue", "pausing", "guarded")


def build(model: Model, code: int, dials: Dials, seed: int, records: int) -> World:
    """Everything before minute 0."""
    pool = Pool()
    people = people_of(model)
    entries, squads = plan_people(model, people, pool, seed)
    streams, lengths = streams_of(model.streams, pool, seed), lengths_of(model.streams, pool)
    levels, paces, slots = levels_of(model), paces_of(model), slots_of(model)
    rows, count = len(streams) * model.periods + 1, len(people)
    teams = 1 + max([*(group.team for group in model.crew), *(stream.team for stream in model.streams)])
    return World(
        people=people,
        tickets=np.zeros(FIRST_SLOTS, dtype=TICKET),
        streams=streams,
        lengths=lengths,
        entries=entries,
        squads=squads,
        habits=_habits(model, code, dials),
        marks=_marks(),
        timers=no_timers(2 * count + len(squads) + 2 + len(streams) + FIRST_SLOTS),
        tally=empty_tally(model.topics, 1 + int(people["group"].max()), count, teams),
        skill=np.stack((levels, paces, levels, paces)),
        room=np.stack((np.zeros_like(slots), slots)),
        strain=np.array([each.strain for each in everyone_in(model)], dtype=np.float64),
        work=np.zeros(
            (count, 1 + max(int(people["most"].max()), int(slots.sum(axis=1).max()))), dtype=np.int64
        ),
        barred=np.full((FIRST_SLOTS, BARRED), -1, dtype=np.int64),
        keys=keys_of(len(streams), seed),
        pool=pool.array(),
        chances=_chances(model.behaviour, dials),
        steps=_steps(people, levels, dials),
        counts=np.zeros((rows, COUNTS + 4), dtype=np.int64),
        sums=np.zeros((rows, SUMS)),
        waits=np.zeros((len(streams), BINS), dtype=np.int64),
        areas=np.zeros((2, len(streams))),
        records=np.zeros((records, 9)),
        waiting=np.zeros(FIRST_SLOTS, dtype=np.int64),
        spare=np.arange(FIRST_SLOTS - 1, -1, -1),
        joiners=np.zeros(FIRST_SLOTS, dtype=np.int64),
        lookers=np.zeros(count, dtype=np.int64),
    )


def roomier(world: World) -> World:
    """The same world with twice as many slots."""
    old, count = len(world.spare), int(world.marks[0]["spare"])
    spare = np.zeros(2 * old, dtype=np.int64)
    spare[:count] = world.spare[:count]
    spare[count : count + old] = np.arange(2 * old - 1, old - 1, -1)
    world.marks[0]["spare"] += old
    return world._replace(
        tickets=_doubled(world.tickets),
        barred=_doubled(world.barred),
        timers=more_timers(world.timers, len(world.timers.place) + old),
        waiting=_doubled(world.waiting),
        joiners=_doubled(world.joiners),
        spare=spare,
    )


def _doubled(array: Rows) -> Rows:
    return np.concatenate((array, np.zeros_like(array)))


def _habits(model: Model, code: int, dials: Dials) -> Rows:
    table = np.zeros(1, dtype=HABITS)
    row = table[0]
    for name in _SAME:
        row[name] = getattr(model, name)
    for name in _OWN:
        row[name] = getattr(model.behaviour, name)
    row["code"] = code
    row["holds"] = code in HELD_BY or min(dials.easing_every, dials.lend_waiting, dials.lend_risk) < inf
    row["interrupts"] = dials.over.max() > 0
    row["failing"] = max(*model.behaviour.failure, *model.behaviour.failure_at) > 0
    return table


def _marks() -> Rows:
    table = np.zeros(1, dtype=MARKS)
    table["spare"] = FIRST_SLOTS
    for name in ("asking", "round", "taker", "now"):
        table[name] = -1
    return table


def _chances(behaviour: Behaviour, dials: Dials) -> Floats:
    chances = (*behaviour.failure, *behaviour.failure_at, *behaviour.speed, *dials.over)
    return np.array(chances, dtype=np.float64)


def _steps(people: Rows, levels: Floats, dials: Dials) -> Ints:
    """By topic, difficulty and tier the next tier above in which somebody is able; 0: none."""
    steps = np.zeros((levels.shape[1], 4, 4), dtype=np.int64)
    for topic in range(levels.shape[1]):
        for difficulty in (1, 2, 3):
            able = people["tier"][levels[:, topic] >= dials.need[difficulty - 1]]
            for tier in (1, 2):
                steps[topic, difficulty, tier] = min(able[able > tier], default=0)
    return steps
