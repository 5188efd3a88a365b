"""Named reads of decisions, escalations and the dispatcher board."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from fengong.desk import queries as desk
from fengong.desk.models import Load, Ticket
from fengong.dispatch.models import Decision, Escalation, Offer, PolicyEdition, Round, Wait
from fengong.dispatch.models.round import unpacked
from fengong.dispatch.policy_rules import PolicyRules
from fengong.people import queries as people
from fengong.people.models import Member
from fengong.rota import queries as rota


@dataclass(frozen=True, slots=True)
class Choice:
    """One member as a decision saw them."""

    member: Member | None
    cost: float
    terms: dict[str, float]


@dataclass(frozen=True, slots=True)
class Excluded:
    """Members a decision ruled out for one reason, each with the figures behind it."""

    reason: str
    members: list[tuple[Member, list[Any]]]


@dataclass(frozen=True, slots=True)
class Why:
    """Why this person: the decision with its people looked up."""

    decision: Decision
    winner: Choice
    alternatives: list[Choice]
    excluded: list[Excluded]

    @property
    def excluded_count(self) -> int:
        return sum(len(group.members) for group in self.excluded)


def decisions_of(ticket: Ticket) -> QuerySet[Decision]:
    """All decisions on a ticket, newest first."""
    return (
        Decision.objects.filter(ticket=ticket)
        .select_related("winner__position", "round")
        .order_by("-at", "-id")
    )


def why(ticket: Ticket) -> Why | None:
    """Why the ticket's present owner has it; None for a ticket that never had one."""
    decision = decisions_of(ticket).first()
    return explain(decision) if decision else None


def explain(decision: Decision) -> Why:
    """A decision with its people looked up."""
    groups = _excluded(decision)
    ids = {decision.winner_id, *(a["member"] for a in decision.alternatives)}
    ids.update(row[0] for rows in groups.values() for row in rows)
    known = {m.pk: m for m in Member.objects.filter(pk__in=ids).select_related("position", "team")}
    return Why(
        decision=decision,
        winner=Choice(known.get(decision.winner_id), decision.cost or 0.0, decision.terms),
        alternatives=[Choice(known.get(a["member"]), a["cost"], a["terms"]) for a in decision.alternatives],
        excluded=[
            Excluded(reason, [(known[row[0]], row[1:]) for row in rows if row[0] in known])
            for reason, rows in groups.items()
        ],
    )


def _excluded(decision: Decision) -> dict[str, list[list[Any]]]:
    stored = decision.round.excluded.get(decision.group, {}) if decision.round else {}
    groups: dict[str, list[list[Any]]] = {
        reason: sorted([member, *figures] for ids, figures in shared.items() for member in unpacked(ids))
        for reason, shared in stored.items()
    }
    barred = set(decision.barred)
    if barred:
        groups = {r: [row for row in rows if row[0] not in barred] for r, rows in groups.items()}
        groups["barred"] = [[member] for member in sorted(barred)]
    return {reason: rows for reason, rows in groups.items() if rows}


def escalations_of(ticket: Ticket) -> QuerySet[Escalation]:
    """A ticket's way up, oldest first."""
    steps = Escalation.objects.filter(ticket=ticket).select_related("member", "answered_by")
    return steps.order_by("at", "id")


def barred(ticket_ids: Iterable[int], *, at: datetime | None = None) -> dict[int, set[int]]:
    """Members who must not get a ticket again, by ticket: they handed it up, or passed an offer on not long ago."""
    asked = list(ticket_ids)
    found: dict[int, set[int]] = defaultdict(set)
    rows = Escalation.objects.filter(ticket_id__in=asked, member__isnull=False, bars=True)
    passed = Offer.objects.filter(ticket_id__in=asked, apart_until__gt=at) if at else Offer.objects.none()
    for ticket_id, member_id in [
        *rows.values_list("ticket_id", "member_id"),
        *passed.values_list("ticket_id", "member_id"),
    ]:
        found[ticket_id].add(member_id)
    return found


def offer_of(ticket: Ticket) -> Offer | None:
    """The open offer of a ticket."""
    return Offer.objects.filter(ticket=ticket, answer="").select_related("member").first()


def offers_to(member: Member) -> QuerySet[Offer]:
    """What is offered to a member now, the first to expire first."""
    return Offer.objects.filter(member=member, answer="").select_related("ticket").order_by("expires_at")


def offers_made(ticket: Ticket) -> QuerySet[Offer]:
    """To whom a ticket was offered, and what they said, newest first."""
    return Offer.objects.filter(ticket=ticket).select_related("member").order_by("-offered_at", "-pk")


def wait_of(ticket: Ticket) -> Wait | None:
    """Why a ticket waits, as of the last round that looked at it."""
    return Wait.objects.filter(ticket=ticket, ticket__status=Ticket.Status.WAITING).first()


def waits() -> dict[int, Wait]:
    """Why each waiting ticket waits, by ticket."""
    return {wait.ticket_id: wait for wait in Wait.objects.filter(ticket__status=Ticket.Status.WAITING)}


@dataclass(slots=True)
class BoardRow:
    """A member on the dispatcher board."""

    member: Member
    status: str
    off_at: datetime | None
    load: Load
    tickets: list[Ticket] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Load over capacity."""
        return self.load.effort / self.load.capacity if self.load.capacity else 0.0


@dataclass(slots=True)
class Board:
    """The dispatcher board at one instant."""

    rows: list[BoardRow]
    waiting: list[Ticket]
    waits: dict[int, Wait]


def board(at: datetime, *, waiting_limit: int = 50) -> Board:
    """Everybody with capacity, what they hold, and what waits; a fixed number of statements at any size."""
    statuses, ends = rota.presences(), rota.shift_ends(at)
    loads = {load.member_id: load for load in desk.loads()}
    held: dict[int, list[Ticket]] = defaultdict(list)
    for ticket in desk.held_by():
        if ticket.owner_id is not None:
            held[ticket.owner_id].append(ticket)
    rows = [
        BoardRow(
            member=member,
            status=statuses.get(member.pk, "offline"),
            off_at=ends.get(member.pk),
            load=loads[member.pk],
            tickets=held[member.pk],
        )
        for member in people.members(with_skills=True)
        if member.pk in loads
    ]
    return Board(rows=rows, waiting=list(desk.waiting()[:waiting_limit]), waits=waits())


def right_tier_first_share(since: datetime) -> float | None:
    """Share of matched tickets since then whose first owner's tier was the one that resolved it; None without any."""
    resolved = Ticket.objects.filter(status=Ticket.Status.RESOLVED, resolved_at__gte=since)
    total = resolved.count()
    if not total:
        return None
    moved = Escalation.objects.filter(ticket__in=resolved).values("ticket").distinct().count()
    return 1 - moved / total


def recent_rounds(at: datetime, minutes: int = 60) -> QuerySet[Round]:
    """Rounds of the last while, newest first."""
    return Round.objects.filter(at__gte=at - timedelta(minutes=minutes)).order_by("-at")


def current_policy() -> PolicyEdition | None:
    """The edition of the policy in force; None where none was ever published, and the rules are as they come."""
    return (
        PolicyEdition.objects.filter(published_at__isnull=False).order_by("-published_at", "-number").first()
    )


def rules_in_force() -> tuple[int | None, PolicyRules]:
    """The rules tickets are given by now, with the id of their edition."""
    edition = current_policy()
    return (edition.pk, _rules(json.dumps(edition.rules))) if edition else (None, PolicyRules())


@lru_cache(maxsize=8)
def _rules(text: str) -> PolicyRules:
    return PolicyRules.from_json(json.loads(text))


def policy_editions() -> QuerySet[PolicyEdition]:
    """All editions and drafts, newest first."""
    return PolicyEdition.objects.select_related("author", "published_by", "returns_to").order_by("-number")


def policy_edition(pk: int) -> PolicyEdition | None:
    """One edition or draft."""
    return policy_editions().filter(pk=pk).first()
