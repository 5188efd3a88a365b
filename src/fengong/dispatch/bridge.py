"""From tables to the engine and back. No other module of this app knows the engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fengong.desk.queries import Queued
from fengong.dispatch.models import Decision, Round, Wait
from fengong.dispatch.models.round import packed
from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.rules.bridge import engine_rules
from fengong.dispatch.situation.bridge import Standing, explained, notes_of, situation_of
from fengong.engine.routing.decide import decide
from fengong.engine.routing.decision import NO_CAPACITY, Exclusion
from fengong.engine.routing.decision import Decision as Verdict
from fengong.engine.warm import warm

DEFAULT_POLICY = "fengong"
AS_IT_COMES = PolicyRules()


@dataclass(slots=True)
class Plan:
    """What a round decided, as rows that are not saved yet; `seen` are the versions of tickets that it looked at.

    `full`: waiting tickets that may break into work in hand, with the members who have no room for them.
    """

    round: Round
    seen: dict[int, int]
    decisions: list[Decision] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    full: dict[int, list[int]] = field(default_factory=dict)


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
    situation = situation_of(tickets, standing, barred, rules, at)
    verdicts = decide(situation, policy=policy, rules=engine_rules(rules))
    held_in = Round(at=at, policy=policy, waiting=len(tickets), members=len(situation.members))
    found = Plan(held_in, seen={ticket.pk: ticket.version for ticket in tickets})
    by_id = {ticket.pk: ticket for ticket in tickets}
    excluded = _Excluded(standing, situation.now)
    for verdict in verdicts:
        ticket = by_id[verdict.ticket]
        closed = barred.get(ticket.pk, set())
        notes = notes_of(ticket, standing, closed, rules, at)
        if verdict.eased:
            notes["eased"] = verdict.eased
        if verdict.member is None:
            found.waits.append(_wait(verdict, excluded.counts(verdict.exclusions), notes, at))
            if verdict.interrupts:
                found.full[ticket.pk] = _full(verdict, standing)
            continue
        decision = _decision(verdict, ticket, found.round, sorted(closed))
        if ticket.channel in rules.offers.channels:
            notes["offered"] = rules.offers.seconds
        decision.winner_id, decision.notes = verdict.member, notes
        decision.group = excluded.group(verdict.exclusions)
        if decision.group not in found.round.excluded:
            found.round.excluded[decision.group] = excluded.by_reason(verdict.exclusions)
        found.decisions.append(decision)
    return found


def warm_up() -> None:
    """Load what the engine has compiled, so that the first round of a process is as quick as the others."""
    warm()


def _full(verdict: Verdict, standing: Standing) -> list[int]:
    """Who has no room for it, but those who only arrive: theirs is kept for a reason."""
    full = (each.member for each in verdict.exclusions if each.reason == NO_CAPACITY)
    return [member for member in full if member not in standing.arriving]


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
        eligible=verdict.eligible,
        considered=held_in.members,
    )


def _wait(verdict: Verdict, counts: dict[str, int], notes: dict[str, Any], at: datetime) -> Wait:
    return Wait(
        ticket_id=verdict.ticket,
        reason=verdict.waits,
        eligible=verdict.eligible,
        excluded=counts,
        notes=notes,
        at=at,
    )


class _Excluded:
    """Exclusions as they are stored, worked out once for all tickets of a round that share them."""

    def __init__(self, standing: Standing, now: float) -> None:
        self._standing, self._now = standing, now
        self._numbers: dict[int, str] = {}
        self._by_reason: dict[int, dict[str, dict[str, list[Any]]]] = {}
        self._counts: dict[int, dict[str, int]] = {}

    def group(self, exclusions: tuple[Exclusion, ...]) -> str:
        """Tickets of one group are closed to the same members for the same reasons; its name in this round."""
        return self._numbers.setdefault(id(exclusions), str(len(self._numbers) + 1))

    def by_reason(self, exclusions: tuple[Exclusion, ...]) -> dict[str, dict[str, list[Any]]]:
        """For `Round.excluded`. Who is barred belongs to the ticket, not to its class, and stands in the decision."""
        known = self._by_reason.get(id(exclusions))
        if known is None:
            groups: dict[str, dict[tuple[Any, ...], list[int]]] = defaultdict(lambda: defaultdict(list))
            for member, reason, detail in explained(exclusions, self._standing, self._now):
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
            self._counts[id(exclusions)] = dict(
                Counter(e.reason for e in explained(exclusions, self._standing, self._now))
            )
        return self._counts[id(exclusions)]


def _figures(shared: Iterable[Any]) -> list[Any]:
    return [_short(figure) if isinstance(figure, float) else figure for figure in shared]


def _terms(terms: Mapping[str, float]) -> dict[str, float]:
    return {name: _short(value) for name, value in terms.items()}


def _short(value: float) -> float:
    return round(float(value), 2)
