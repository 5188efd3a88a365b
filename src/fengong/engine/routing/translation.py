"""From the named values of a situation to arrays. Topics become columns: only those some ticket needs. Channels become
columns as well, teams numbers from 1.

Tickets that not everybody is asked for have columns of their own, in which whoever is not asked has a proficiency below
zero: no policy finds them able, and what is left is free of charge for everybody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import inf

import numpy as np

from fengong.engine.routing.arrays import AMPLE, Ints, Pool, Queue, Singles
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket

Asking = tuple[int, tuple[tuple[int, float], ...], float, int]
"""A topic with who is asked: the moments at which teams are, that of all others, and the only member or -1."""

NEVER = -1e9


def topics_of(situation: Situation) -> dict[Asking, int]:
    """Each topic that waits, apart by who is asked, with its column."""
    return {asking: column for column, asking in enumerate(sorted({_asking(t) for t in situation.tickets}))}


def asked_in(proficiency: float) -> float:
    """In how many minutes somebody will be asked whose proficiency is below zero; -1 for never."""
    return -1.0 if proficiency <= NEVER else round(-proficiency - 1.0, 2)


def _asking(ticket: WaitingTicket) -> Asking:
    if not ticket.opens and ticket.only is None and ticket.opens_else == -inf:
        return ticket.topic, (), -inf, -1
    only = -1 if ticket.only is None else ticket.only
    return ticket.topic, tuple(sorted(ticket.opens.items())), ticket.opens_else, only


def pool_of(situation: Situation, topics: Mapping[Asking, int]) -> Pool:
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


def queue_of(situation: Situation, topics: Mapping[Asking, int]) -> Queue:
    """The tickets as arrays, in the order of the situation; members who are not in it are left out."""
    tickets, channels, teams = situation.tickets, _channels(situation), _teams(situation)
    place = {member.id: position for position, member in enumerate(situation.members)}
    last = [place.get(t.last_member, -1) if t.last_member is not None else -1 for t in tickets]
    return Queue(
        ids=np.array([t.id for t in tickets], dtype=np.int64),
        topic=np.array([topics[_asking(t)] for t in tickets], dtype=np.int64),
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


def _proficiency(situation: Situation, topics: Mapping[Asking, int]) -> Singles:
    table = np.zeros((len(situation.members), len(topics)), dtype=np.float32, order="F")
    columns: dict[int, list[int]] = defaultdict(list)
    for asking, column in topics.items():
        columns[asking[0]].append(column)
    for row, member in enumerate(situation.members):
        for topic, value in member.proficiency.items():
            for column in columns.get(topic, ()):
                table[row, column] = value
    asked = [asking for asking in topics if asking[1:] != ((), -inf, -1)]
    if asked:
        ids = np.array([member.id for member in situation.members])
        teams = np.array([-1 if member.team is None else member.team for member in situation.members])
        for asking in asked:
            _leave_out(table[:, topics[asking]], ids, teams, situation.now, asking)
    return table


def _leave_out(proficiency: Singles, ids: Ints, teams: Ints, now: float, asking: Asking) -> None:
    """Below zero for those who are not asked: how many minutes until they are, and one more."""
    _topic, opens, opens_else, only = asking
    waits = np.full(len(ids), opens_else - now)
    for team, moment in opens:
        waits[teams == team] = moment - now
    later = waits > 0
    proficiency[later] = np.maximum(NEVER, -1.0 - waits[later])
    if only >= 0:
        proficiency[ids != only] = NEVER


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
