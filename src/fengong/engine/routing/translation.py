"""From the named values of a situation to arrays. Topics become columns: only those some ticket needs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fengong.engine.routing.arrays import Ints, Pool, Queue, Singles
from fengong.engine.routing.situation import Situation


def topics_of(situation: Situation) -> dict[int, int]:
    """Each topic that waits, with its column."""
    return {topic: column for column, topic in enumerate(sorted({each.topic for each in situation.tickets}))}


def pool_of(situation: Situation, topics: Mapping[int, int]) -> Pool:
    """The members as arrays, in the order of the situation."""
    members = situation.members
    pool = Pool.of([m.id for m in members], [m.tier for m in members], _proficiency(situation, topics))
    pool.load[:] = [m.load for m in members]
    pool.capacity[:] = [m.capacity for m in members]
    pool.present[:] = [m.present for m in members]
    pool.off_at[:] = [m.off_at for m in members]
    pool.idle_since[:] = [m.idle_since for m in members]
    pool.given[:] = [m.given for m in members]
    pool.last_given[:] = [m.last_given for m in members]
    return pool


def queue_of(situation: Situation, topics: Mapping[int, int]) -> Queue:
    """The tickets as arrays, in the order of the situation; members who are not in it are left out."""
    tickets = situation.tickets
    place = {member.id: position for position, member in enumerate(situation.members)}
    last = [place.get(t.last_member, -1) if t.last_member is not None else -1 for t in tickets]
    return Queue(
        ids=np.array([t.id for t in tickets], dtype=np.int64),
        topic=np.array([topics[t.topic] for t in tickets], dtype=np.int64),
        difficulty=np.array([t.difficulty for t in tickets], dtype=np.int8),
        priority=np.array([t.priority for t in tickets], dtype=np.int8),
        tier=np.array([t.tier for t in tickets], dtype=np.int8),
        effort=np.array([t.effort for t in tickets], dtype=np.float64),
        waiting_since=np.array([t.waiting_since for t in tickets], dtype=np.float64),
        due_at=np.array([t.due_at for t in tickets], dtype=np.float64),
        last_member=np.array(last, dtype=np.int64),
        barred=_barred(situation, place),
    )


def _proficiency(situation: Situation, topics: Mapping[int, int]) -> Singles:
    table = np.zeros((len(situation.members), len(topics)), dtype=np.float32, order="F")
    for row, member in enumerate(situation.members):
        for topic, value in member.proficiency.items():
            if topic in topics:
                table[row, topics[topic]] = value
    return table


def _barred(situation: Situation, place: Mapping[int, int]) -> Ints:
    rows = [
        (position, place[member])
        for position, ticket in enumerate(situation.tickets)
        for member in sorted(ticket.barred)
        if member in place
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)
