"""From tables to the engine and back. No other module of this app knows the engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from typing import Any

from fengong.desk.models import Load, Ticket
from fengong.dispatch.models import Decision, Round, Wait
from fengong.engine.routing.decide import decide
from fengong.engine.routing.decision import Decision as Verdict
from fengong.engine.routing.decision import Exclusion
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket
from fengong.people.models import Member

DEFAULT_POLICY = "fengong"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of members at one instant, by member id where it is a mapping."""

    members: Sequence[Member]
    proficiency: Mapping[int, Mapping[int, float]]
    loads: Mapping[int, Load]
    online: frozenset[int]
    shift_ends: Mapping[int, datetime]


@dataclass(slots=True)
class Plan:
    """What a round decided, as rows that are not saved yet."""

    round: Round
    decisions: list[Decision] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)


def plan(
    *,
    tickets: Sequence[Ticket],
    standing: Standing,
    barred: Mapping[int, set[int]],
    at: datetime,
    policy: str = DEFAULT_POLICY,
) -> Plan:
    """Match waiting tickets to members by the named policy; every ticket gets a decision or the reason it waits."""
    situation = Situation(
        now=minutes(at),
        tickets=tuple(_waiting(ticket, barred.get(ticket.pk, set())) for ticket in tickets),
        members=tuple(_candidate(member, standing) for member in standing.members),
    )
    verdicts = decide(situation, policy=policy, rules=Rules())
    found = Plan(Round(at=at, policy=policy, waiting=len(tickets), members=len(standing.members)))
    by_id = {ticket.pk: ticket for ticket in tickets}
    for verdict in verdicts:
        ticket = by_id[verdict.ticket]
        if verdict.member is None:
            found.waits.append(_wait(verdict, at))
            continue
        group = _group(ticket)
        if group not in found.round.excluded:
            found.round.excluded[group] = _by_reason(verdict.exclusions)
        found.decisions.append(_decision(verdict, ticket, found.round, at, sorted(barred.get(ticket.pk, ()))))
    return found


def minutes(at: datetime) -> float:
    """The engine's time: minutes since 1970 in UTC."""
    return at.timestamp() / 60


def _group(ticket: Ticket) -> str:
    return f"{ticket.topic_id}:{ticket.difficulty}:{ticket.tier}:{ticket.effort}"


def _waiting(ticket: Ticket, barred: set[int]) -> WaitingTicket:
    if ticket.topic_id is None:
        raise ValueError(f"ticket {ticket.pk} has not been graded")
    due = ticket.next_due_at or ticket.resolution_due  # a broken promise is no less pressing than one at risk
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
    )


def _candidate(member: Member, standing: Standing) -> Candidate:
    load = standing.loads[member.pk]
    moments = [m for m in (load.last_assigned_at, load.last_freed_at) if m]
    ends = standing.shift_ends.get(member.pk)
    return Candidate(
        id=member.pk,
        tier=member.position.tier or 1,
        proficiency=standing.proficiency.get(member.pk, {}),
        load=float(load.effort),
        capacity=float(load.capacity),
        present=member.pk in standing.online,
        off_at=minutes(ends) if ends else inf,
        idle_since=minutes(max(moments)) if moments else -inf,
        given=float(load.given),
        last_given=minutes(load.last_assigned_at) if load.last_assigned_at else -inf,
    )


def _decision(verdict: Verdict, ticket: Ticket, held_in: Round, at: datetime, barred: list[int]) -> Decision:
    return Decision(
        ticket=ticket,
        round=held_in,
        at=at,
        by="system:matcher",
        policy=verdict.policy,
        winner_id=verdict.member,
        effort=ticket.effort,
        waited_seconds=max((at - ticket.waiting_since).total_seconds(), 0.0),
        cost=_short(verdict.cost),
        terms=_terms(verdict.terms),
        alternatives=[
            {"member": other.member, "cost": _short(other.cost), "terms": _terms(other.terms)}
            for other in verdict.alternatives
        ],
        barred=barred,
        group=_group(ticket),
        eligible=verdict.eligible,
        considered=held_in.members,
    )


def _wait(verdict: Verdict, at: datetime) -> Wait:
    counts = Counter(exclusion.reason for exclusion in verdict.exclusions)
    return Wait(
        ticket_id=verdict.ticket,
        reason=verdict.waits,
        eligible=verdict.eligible,
        excluded=dict(counts),
        at=at,
    )


def _by_reason(exclusions: Iterable[Exclusion]) -> dict[str, list[list[Any]]]:
    groups: dict[str, list[list[Any]]] = defaultdict(list)
    for exclusion in exclusions:
        if exclusion.reason != "barred":
            figures = [_short(v) if isinstance(v, float) else v for v in exclusion.detail.values()]
            groups[exclusion.reason].append([exclusion.member, *figures])
    return dict(groups)


def _terms(terms: Mapping[str, float]) -> dict[str, float]:
    return {name: _short(value) for name, value in terms.items()}


def _short(value: float) -> float:
    return round(float(value), 2)


@dataclass
class _G:
    topic: int
    difficulty: int
    priority: int
    confidence: float


class _Temp:
    def __init__(self, topics):
        self.topics = topics

    def grade(self, subject, body):
        text = (subject + " " + body).lower()
        best = max(self.topics, key=lambda t: sum(str(k).lower() in text for k in t.keywords))
        return _G(best.pk, 1, 2, 0.5)


def current_grader(topics):
    return _Temp(topics)
