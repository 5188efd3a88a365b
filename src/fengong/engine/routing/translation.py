"""From the named values of a situation to arrays. Topics become columns: only those some ticket needs. Channels become
columns as well, teams numbers from 1.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fengong.engine.routing.arrays import AMPLE, Ints, Pool, Queue, Singles
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket


def topics_of(situation: Situation) -> dict[int, int]:
    """Each topic that waits, with its column."""
    return {topic: column for column, topic in enumerate(sorted({each.topic for each in situation.tickets}))}


def pool_of(situation: Situation, topics: Mapping[int, int]) -> Pool:
    """The members as arrays, in the order of the situation."""
    members, channels, teams = situation.members, _channels(situation), _teams(situation)
    pool = Pool.of(
        [m.id for m in members],
        [m.tier for m in members],
        _proficiency(situation, topics),
        channels=len(channels),
    )
    pool.load[:] = [m.load for m in members]
    pool.capacity[:] = [m.capacity for m in members]
    pool.present[:] = [m.present for m in members]
    pool.off_at[:] = [m.off_at for m in members]
    pool.idle_since[:] = [m.idle_since for m in members]
    pool.given[:] = [m.given for m in members]
    pool.last_given[:] = [m.last_given for m in members]
    pool.team[:] = [teams[m.team] for m in members]
    pool.most[:] = [AMPLE if m.most is None else m.most for m in members]
    pool.idled[:] = [m.idled for m in members]
    _open_tickets(pool, members, channels)
    return pool


def queue_of(situation: Situation, topics: Mapping[int, int]) -> Queue:
    """The tickets as arrays, in the order of the situation; members who are not in it are left out."""
    tickets, channels, teams = situation.tickets, _channels(situation), _teams(situation)
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
        channel=np.array([channels[t.channel] for t in tickets], dtype=np.int64),
        team=np.array([teams[t.team] for t in tickets], dtype=np.int64),
    )


def _proficiency(situation: Situation, topics: Mapping[int, int]) -> Singles:
    table = np.zeros((len(situation.members), len(topics)), dtype=np.float32, order="F")
    for row, member in enumerate(situation.members):
        for topic, value in member.proficiency.items():
            if topic in topics:
                table[row, topics[topic]] = value
    return table


def _channels(situation: Situation) -> dict[int, int]:
    """Each channel that anything is said about, with its column; at least one."""
    said = {t.channel for t in situation.tickets}.union(
        *(m.held.keys() | m.slots.keys() for m in situation.members)
    )
    return {channel: column for column, channel in enumerate(sorted(said or {0}))}


def _teams(situation: Situation) -> dict[int | None, int]:
    """Each team with its number; no team is 0."""
    everybody: tuple[WaitingTicket | Candidate, ...] = (*situation.tickets, *situation.members)
    named = sorted({each.team for each in everybody if each.team is not None})
    return {None: 0} | {team: number for number, team in enumerate(named, start=1)}


def _open_tickets(pool: Pool, members: tuple[Candidate, ...], channels: Mapping[int, int]) -> None:
    for row, member in enumerate(members):
        for channel, count in member.held.items():
            pool.held[row, channels[channel]] = count
        for channel, count in member.slots.items():
            pool.slots[row, channels[channel]] = count


def _barred(situation: Situation, place: Mapping[int, int]) -> Ints:
    rows = [
        (position, place[member])
        for position, ticket in enumerate(situation.tickets)
        for member in sorted(ticket.barred)
        if member in place
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)
