"""The people of a model as tables."""

from __future__ import annotations

from math import ceil, inf, log2

import numpy as np

from fengong.engine.routing.arrays import Floats, Ints
from fengong.engine.simulation.centre.chance import Rows
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Group
from fengong.engine.simulation.centre.state import GONE, PERSON


def everyone_in(model: Model) -> list[Group]:
    """One entry per member."""
    return [group for group in model.crew for _ in range(group.count)]


def people_of(model: Model) -> Rows:
    """Everybody, absent and empty-handed."""
    groups, unit = everyone_in(model), _unit(model)
    table = np.zeros(len(groups), dtype=PERSON)
    room = slots_of(model)
    for i, (row, group) in enumerate(zip(table, groups, strict=True)):
        row["ids"], row["tier"], row["team"] = i, group.tier, group.team
        row["most"] = int(room[i].sum()) if group.most is None else group.most
        row["unit"] = unit if group.capacity is None else 0.0
        row["capacity"] = row["most"] * unit if group.capacity is None else group.capacity
    for name in ("rest_first", "rest_last", "squad"):
        table[name] = -1
    table["where"], table["off_at"] = GONE, inf
    alike = np.column_stack((table["tier"], table["team"], table["most"], levels_of(model) > 0))
    table["group"] = np.unique(alike, axis=0, return_inverse=True)[1].reshape(-1)
    return table


def _unit(model: Model) -> float:
    """What every ticket takes where only slots count: a power of two, so that sums and differences are exact."""
    return float(2.0 ** ceil(log2(max(stream.planned_effort for stream in model.streams))))


def levels_of(model: Model) -> Floats:
    """Proficiency f64[m, topics]."""
    topics = range(model.topics)
    return np.array([[float(each.skills.get(topic, 0.0)) for topic in topics] for each in everyone_in(model)])


def paces_of(model: Model) -> Floats:
    """Pace f64[m, topics]."""
    topics = range(model.topics)
    return np.array([[_pace(each, topic) for topic in topics] for each in everyone_in(model)])


def _pace(group: Group, topic: int) -> float:
    return float(group.pace if isinstance(group.pace, (int, float)) else group.pace.get(topic, 1.0))


def slots_of(model: Model) -> Ints:
    """Tickets open at once i64[m, channels]."""
    channels = range(model.channels)
    slots = [[each.slots_of(channel) for channel in channels] for each in everyone_in(model)]
    return np.array(slots, dtype=np.int64)
