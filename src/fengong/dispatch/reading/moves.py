"""Named reads of why tickets left their owners, and what waits for a lead's decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from fengong.desk.models import Ticket
from fengong.dispatch.models import Decision, Escalation, Move
from fengong.people.models import Member


def moves_of(ticket: Ticket) -> QuerySet[Move]:
    """Why a ticket left its owners, the newest first."""
    return Move.objects.filter(ticket=ticket).select_related("member", "to").order_by("-at", "-id")


def move_behind(decision: Decision) -> Move | None:
    """The move that a decision was part of."""
    return Move.objects.filter(decision=decision).select_related("member", "to").first()


def referral_of(ticket: Ticket) -> Move | None:
    """The question on which a lead has to decide where this ticket goes."""
    return _open().filter(ticket=ticket).first()


def referred_to(lead: Member) -> QuerySet[Move]:
    """Tickets that went back and forth until this lead has to decide, the longest waiting first."""
    return _open().filter(to=lead).select_related("ticket").order_by("at")


def answers_for(member: Member, *, unread: bool = True) -> QuerySet[Escalation]:
    """What became of tickets that a member handed up, the newest first."""
    found = Escalation.objects.filter(member=member, answered_at__isnull=False)
    if unread:
        found = found.filter(read_at__isnull=True)
    return found.select_related("ticket", "answered_by").order_by("-answered_at", "-id")


def escalation(pk: int) -> Escalation | None:
    """One step of a ticket to another tier."""
    return Escalation.objects.select_related("ticket", "member").filter(pk=pk).first()


def moved_since(kind: str, moment: datetime) -> int:
    """How many tickets have been moved for this reason since then."""
    return Move.objects.filter(kind=kind, at__gt=moment).count()


def recently(kind: str, tickets: Iterable[int], moment: datetime) -> set[int]:
    """Which of these tickets have been moved for this reason since then."""
    found = Move.objects.filter(kind=kind, ticket__in=list(tickets), at__gt=moment)
    return set(found.values_list("ticket_id", flat=True))


def _open() -> QuerySet[Move]:
    return Move.objects.filter(kind=Move.Kind.REFERRED, settled_at__isnull=True).select_related(
        "member", "to"
    )
