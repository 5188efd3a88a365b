"""What a run left in its world, as a result."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from fengong.engine.routing.arrays import Ints
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.result import Counts, People, Records, Result
from fengong.engine.simulation.centre.state import (
    BY_TIER,
    COUNTS,
    LEVEL,
    LONGEST_WAIT,
    PATIENCE_SUM,
    STAY_SUM,
    WAIT_SQUARES,
    WAIT_SUM,
    World,
)


def result_of(model: Model, world: World, method: str) -> Result:
    """The figures of a run that is over."""
    minutes = model.horizon - model.warmup
    return Result(
        counts=_counts(model, world),
        people=_people(world),
        waits=world.waits,
        in_queue=world.areas[0] / minutes,
        in_centre=world.areas[1] / minutes,
        minutes=minutes,
        events=int(world.marks[0]["events"]),
        slots=len(world.spare),
        method=method,
        records=_records(world) if len(world.records) else None,
    )


def _counts(model: Model, world: World) -> Counts:
    shape = (len(model.streams), model.periods)
    counts, sums = world.counts[:-1], world.sums[:-1]
    whole = [field.name for field in fields(Counts)][:COUNTS]
    columns: dict[str, Ints] = {name: counts[:, i].reshape(shape).copy() for i, name in enumerate(whole)}
    return Counts(
        **columns,
        solved_by=counts[:, BY_TIER:].reshape(*shape, 4).copy(),
        wait_sum=sums[:, WAIT_SUM].reshape(shape).copy(),
        wait_squares=sums[:, WAIT_SQUARES].reshape(shape).copy(),
        longest_wait=sums[:, LONGEST_WAIT].reshape(shape).copy(),
        patience_sum=sums[:, PATIENCE_SUM].reshape(shape).copy(),
        stay_sum=sums[:, STAY_SUM].reshape(shape).copy(),
    )


def _people(world: World) -> People:
    people = world.people
    return People(
        tier=people["tier"].copy(),
        busy=people["busy"].copy(),
        present=people["here"].copy(),
        worked=people["worked"].copy(),
        given=people["handed"].copy(),
        taken=people["taken"].copy(),
        solved=people["solved"].copy(),
        interrupted=people["interrupted"].copy(),
        proficiency=world.skill[LEVEL].copy(),
    )


def _records(world: World) -> Records:
    rows = world.records[: int(world.marks[0]["recorded"])]
    whole = rows.astype(np.int64)
    return Records(
        stream=whole[:, 0],
        number=whole[:, 1],
        arrival=rows[:, 2],
        begun=np.where(rows[:, 3] < 0, np.nan, rows[:, 3]),
        ended=rows[:, 4],
        member=whole[:, 5],
        stints=whole[:, 6],
        outcome=whole[:, 7],
        worked=rows[:, 8],
    )
