"""What is known of tickets and members at one instant, and how the engine is told.

Rules the engine has no dial for become facts of the situation here: who is asked for a ticket yet, who is kept from
work by the roster, and how much of somebody's room counts while they arrive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil, inf
from typing import Any, NamedTuple

from fengong.desk.queries import Queued
from fengong.dispatch.policy_rules import Group, PolicyRules
from fengong.dispatch.rules.bridge import CHANNELS
from fengong.engine.routing.decision import ABSENT, NO_CAPACITY, Exclusion
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket

HELD = ("effort", "capacity", "given", "last_assigned_at", "last_freed_at")
NOBODY: frozenset[int] = frozenset()
RAMP_IN = "ramp_in"
"""There would be room, were they not just arriving."""


class Held(NamedTuple):
    """The fields HELD of a load."""

    effort: int
    capacity: int
    given: int
    last_assigned_at: datetime | None
    last_freed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of members at one instant, by member id; those with a tier and a load can be given work.

    `away`: who is online and gets nothing all the same, with the reason and until when · `arriving`: effort that may
    still be given to somebody whose shift has just begun · `open`: tickets open, by channel.
    """

    tiers: Mapping[int, int]
    proficiency: Mapping[int, Mapping[int, float]]
    loads: Mapping[int, Held]
    online: frozenset[int]
    shift_ends: Mapping[int, datetime]
    teams: Mapping[int, int] = field(default_factory=dict)
    positions: Mapping[int, int] = field(default_factory=dict)
    away: Mapping[int, tuple[str, datetime | None]] = field(default_factory=dict)
    arriving: Mapping[int, int] = field(default_factory=dict)
    open: Mapping[int, Mapping[str, int]] = field(default_factory=dict)


def situation_of(
    tickets: Sequence[Queued],
    standing: Standing,
    barred: Mapping[int, set[int]],
    rules: PolicyRules,
    at: datetime,
) -> Situation:
    """The instant as the engine sees it."""
    return Situation(
        now=minutes(at),
        tickets=tuple(
            _waiting(ticket, barred.get(ticket.pk, set()), standing, rules, at) for ticket in tickets
        ),
        members=tuple(
            _candidate(member, standing, rules) for member in standing.tiers if member in standing.loads
        ),
    )


def minutes(at: datetime) -> float:
    """The engine's time: minutes since 1970 in UTC."""
    return at.timestamp() / 60


def group_of(ticket: Queued, rules: PolicyRules) -> Group | None:
    """The first group that answers for a ticket."""
    return next((group for group in rules.groups if _fits(group, ticket)), None)


def kept_for(
    ticket: Queued, standing: Standing, barred: set[int], rules: PolicyRules, at: datetime
) -> int | None:
    """Whom a ticket is kept for: who knows its customer, is here and able, while the time for it lasts."""
    member = ticket.preferred_id
    if member is None or member in barred or not rules.preferred.hold:
        return None
    if (at - ticket.waiting_since).total_seconds() >= rules.preferred.hold * 60:
        return None
    if member not in standing.online or member in standing.away or member not in standing.loads:
        return None
    above = standing.tiers.get(member, 0) - ticket.tier
    known = standing.proficiency.get(member, {}).get(ticket.topic_id, 0.0)
    able = 0 <= above <= rules.tiers.reach and known >= rules.skills.need[ticket.difficulty - 1]
    return member if able and standing.loads[member].capacity >= ticket.effort else None


def explained(exclusions: Sequence[Exclusion], standing: Standing, now: float) -> list[Exclusion]:
    """Exclusions with the reasons that the engine does not know."""
    if not (standing.away or standing.arriving):
        return list(exclusions)
    return [_explained(exclusion, standing, now) for exclusion in exclusions]


def notes_of(
    ticket: Queued, standing: Standing, barred: set[int], rules: PolicyRules, at: datetime
) -> dict[str, Any]:
    """Which special rules have a part in where a ticket may go now."""
    notes: dict[str, Any] = {}
    group = group_of(ticket, rules)
    if group is not None:
        waited = (at - ticket.waiting_since).total_seconds() / 60
        notes["group"] = group.name
        notes["ring"] = sum(ring.after <= waited for ring in group.rings)
        later = [after for after in (*(r.after for r in group.rings), group.anybody) if waited < after < inf]
        if later:
            notes["wider_in"] = round(min(later) - waited, 2)
    member = kept_for(ticket, standing, barred, rules, at)
    if member is not None:
        notes["kept_for"] = member
    return notes


def _fits(group: Group, ticket: Queued) -> bool:
    if ticket.priority < group.priority or (group.topics and ticket.topic_id not in group.topics):
        return False
    return not group.channels or ticket.channel in group.channels


def _waiting(
    ticket: Queued, barred: set[int], standing: Standing, rules: PolicyRules, at: datetime
) -> WaitingTicket:
    due = ticket.next_due_at or ticket.resolution_due  # a broken promise is no less pressing than one at risk
    group = group_of(ticket, rules)
    opens, opens_else = _rings(group, ticket, at) if group else ({}, -inf)
    return WaitingTicket(
        id=ticket.pk,
        topic=ticket.topic_id,
        difficulty=ticket.difficulty,
        priority=ticket.priority,
        tier=ticket.tier,
        effort=float(ticket.effort),
        waiting_since=minutes(ticket.waiting_since),
        due_at=minutes(due) if due else inf,
        last_member=ticket.preferred_id,
        barred=frozenset(barred),
        channel=CHANNELS.get(ticket.channel, 0) if rules.limits else 0,
        team=group.teams[0] if group else None,
        opens=opens,
        opens_else=opens_else,
        only=kept_for(ticket, standing, barred, rules, at),
    )


def _rings(group: Group, ticket: Queued, at: datetime) -> tuple[dict[int, float], float]:
    """When teams are asked; what is far off in coarse steps, so that tickets that wait about as long share a column and
    their explanation.
    """
    now = minutes(at)
    waited = now - minutes(ticket.waiting_since)

    def moment(after: float) -> float:
        if after <= waited:
            return -inf
        return now + _coarse(after - waited) if after < inf else inf

    opens = {team: moment(ring.after) for ring in reversed(group.rings) for team in ring.teams}
    opens |= dict.fromkeys(group.teams, -inf)
    return opens, moment(group.anybody)


def _coarse(left: float) -> int:
    """Minutes, rounded up to whole ones, from 5 on to fives, from 30 on to half hours."""
    step = 1 if left <= 5 else 5 if left <= 30 else 30
    return ceil(left / step) * step


def _candidate(member: int, standing: Standing, rules: PolicyRules) -> Candidate:
    load = standing.loads[member]
    moments = [m for m in (load.last_assigned_at, load.last_freed_at) if m]
    ends = standing.shift_ends.get(member)
    slots, most = _limits(member, standing, rules)
    return Candidate(
        id=member,
        tier=standing.tiers[member],
        proficiency=standing.proficiency.get(member, {}),
        load=float(load.effort),
        capacity=float(_room(member, load, standing)),
        present=member in standing.online and member not in standing.away,
        off_at=minutes(ends) if ends else inf,
        idle_since=minutes(max(moments)) if moments else -inf,
        given=float(load.given),
        last_given=minutes(load.last_assigned_at) if load.last_assigned_at else -inf,
        team=standing.teams.get(member),
        held=_by_number(standing.open.get(member, {})) if slots or most is not None else {},
        slots=slots,
        most=most,
    )


def _room(member: int, load: Held, standing: Standing) -> int:
    if member not in standing.arriving:
        return load.capacity
    return min(load.capacity, load.effort + standing.arriving[member])


def _limits(member: int, standing: Standing, rules: PolicyRules) -> tuple[dict[int, int], int | None]:
    slots: dict[int, int] = {}
    most: int | None = None
    for limit in rules.limits:
        if limit.positions and standing.positions.get(member) not in limit.positions:
            continue
        if limit.channel:
            number = CHANNELS[limit.channel]
            slots[number] = min(limit.most, slots.get(number, limit.most))
        else:
            most = limit.most if most is None else min(most, limit.most)
    return slots, most


def _by_number(by_channel: Mapping[str, int]) -> dict[int, int]:
    return {CHANNELS[channel]: count for channel, count in by_channel.items() if channel in CHANNELS}


def _explained(exclusion: Exclusion, standing: Standing, now: float) -> Exclusion:
    member, reason, detail = exclusion
    if reason == ABSENT and member in standing.away and member in standing.online:
        why, until = standing.away[member]
        figures = {"back_in": round(minutes(until) - now, 0)} if until else {}
        return Exclusion(member, why, figures)
    if reason == NO_CAPACITY and member in standing.arriving:
        load = standing.loads[member]
        if load.effort + float(detail["effort"]) <= load.capacity:
            return Exclusion(member, RAMP_IN, detail)
    return exclusion
