"""From tables to the engine and back. No other module of this app knows the engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from typing import Any, NamedTuple

from fengong.desk.queries import Queued
from fengong.dispatch.models import Decision, Round, Wait
from fengong.dispatch.models.round import packed
from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.rules.bridge import engine_rules
from fengong.engine.routing.decide import decide
from fengong.engine.routing.decision import Decision as Verdict
from fengong.engine.routing.decision import Exclusion
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket

DEFAULT_POLICY = "fengong"
AS_IT_COMES = PolicyRules()


HELD = ("effort", "capacity", "given", "last_assigned_at", "last_freed_at")


class Held(NamedTuple):
    """The fields HELD of a load."""

    effort: int
    capacity: int
    given: int
    last_assigned_at: datetime | None
    last_freed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of members at one instant, by member id; those with a tier and a load can be given work."""

    tiers: Mapping[int, int]
    proficiency: Mapping[int, Mapping[int, float]]
    loads: Mapping[int, Held]
    online: frozenset[int]
    shift_ends: Mapping[int, datetime]


@dataclass(slots=True)
class Plan:
    """What a round decided, as rows that are not saved yet; `seen` are the versions of tickets that it looked at."""

    round: Round
    seen: dict[int, int]
    decisions: list[Decision] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)


def plan(
    *,
    tickets: Sequence[Queued],
    standing: Standing,
    barred: Mapping[int, set[int]],
    at: datetime,
    policy: str = DEFAULT_POLICY,
    rules: PolicyRules = AS_IT_COMES,
) -> Plan:
    """Match waiting tickets to members by the named policy; every ticket gets a decision or the reason it waits.

    Nothing is saved, so any rules can be tried on any tickets.
    """
    situation = Situation(
        now=minutes(at),
        tickets=tuple(_waiting(ticket, barred.get(ticket.pk, set())) for ticket in tickets),
        members=tuple(_candidate(member, standing) for member in standing.tiers if member in standing.loads),
    )
    verdicts = decide(situation, policy=policy, rules=engine_rules(rules))
    held_in = Round(at=at, policy=policy, waiting=len(tickets), members=len(situation.members))
    found = Plan(held_in, seen={ticket.pk: ticket.version for ticket in tickets})
    by_id = {ticket.pk: ticket for ticket in tickets}
    excluded = _Excluded()
    for verdict in verdicts:
        ticket = by_id[verdict.ticket]
        if verdict.member is None:
            found.waits.append(_wait(verdict, excluded.counts(verdict.exclusions), at))
            continue
        decision = _decision(verdict, ticket, found.round, sorted(barred.get(ticket.pk, ())))
        decision.winner_id = verdict.member
        if decision.group not in found.round.excluded:
            found.round.excluded[decision.group] = excluded.by_reason(verdict.exclusions)
        found.decisions.append(decision)
    return found


def minutes(at: datetime) -> float:
    """The engine's time: minutes since 1970 in UTC."""
    return at.timestamp() / 60


def _group(ticket: Queued, barred: Iterable[int]) -> str:
    """Tickets of one group are closed to the same members for the same reasons; one with bars is a group by itself."""
    alike = f"{ticket.topic_id}:{ticket.difficulty}:{ticket.tier}:{ticket.effort}"
    return f"{alike}:{ticket.pk}" if barred else alike


def _waiting(ticket: Queued, barred: set[int]) -> WaitingTicket:
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


def _candidate(member: int, standing: Standing) -> Candidate:
    load = standing.loads[member]
    moments = [m for m in (load.last_assigned_at, load.last_freed_at) if m]
    ends = standing.shift_ends.get(member)
    return Candidate(
        id=member,
        tier=standing.tiers[member],
        proficiency=standing.proficiency.get(member, {}),
        load=float(load.effort),
        capacity=float(load.capacity),
        present=member in standing.online,
        off_at=minutes(ends) if ends else inf,
        idle_since=minutes(max(moments)) if moments else -inf,
        given=float(load.given),
        last_given=minutes(load.last_assigned_at) if load.last_assigned_at else -inf,
    )


def _decision(verdict: Verdict, ticket: Queued, held_in: Round, barred: list[int]) -> Decision:
    at = held_in.at
    return Decision(
        ticket_id=ticket.pk,
        round=held_in,
        at=at,
        by="system:matcher",
        policy=verdict.policy,
        effort=ticket.effort,
        waited_seconds=max((at - ticket.waiting_since).total_seconds(), 0.0),
        cost=_short(verdict.cost),
        terms=_terms(verdict.terms),
        alternatives=[
            {"member": other.member, "cost": _short(other.cost), "terms": _terms(other.terms)}
            for other in verdict.alternatives
        ],
        barred=barred,
        group=_group(ticket, barred),
        eligible=verdict.eligible,
        considered=held_in.members,
    )


def _wait(verdict: Verdict, counts: dict[str, int], at: datetime) -> Wait:
    return Wait(
        ticket_id=verdict.ticket, reason=verdict.waits, eligible=verdict.eligible, excluded=counts, at=at
    )


class _Excluded:
    """Exclusions as they are stored, worked out once for all tickets of a round that share them."""

    def __init__(self) -> None:
        self._by_reason: dict[int, dict[str, dict[str, list[Any]]]] = {}
        self._counts: dict[int, dict[str, int]] = {}

    def by_reason(self, exclusions: tuple[Exclusion, ...]) -> dict[str, dict[str, list[Any]]]:
        """For `Round.excluded`. Who is barred belongs to the ticket, not to its class, and stands in the decision."""
        known = self._by_reason.get(id(exclusions))
        if known is None:
            groups: dict[str, dict[tuple[Any, ...], list[int]]] = defaultdict(lambda: defaultdict(list))
            for member, reason, detail in exclusions:
                if reason != "barred":
                    groups[reason][tuple(detail.values())].append(member)
            known = self._by_reason[id(exclusions)] = {
                reason: {packed(members): _figures(shared) for shared, members in groups[reason].items()}
                for reason in groups
            }
        return known

    def counts(self, exclusions: tuple[Exclusion, ...]) -> dict[str, int]:
        """For `Wait.excluded`."""
        if id(exclusions) not in self._counts:
            self._counts[id(exclusions)] = dict(Counter(exclusion.reason for exclusion in exclusions))
        return self._counts[id(exclusions)]


def _figures(shared: Iterable[Any]) -> list[Any]:
    return [_short(figure) if isinstance(figure, float) else figure for figure in shared]


def _terms(terms: Mapping[str, float]) -> dict[str, float]:
    return {name: _short(value) for name, value in terms.items()}


def _short(value: float) -> float:
    return round(float(value), 2)
