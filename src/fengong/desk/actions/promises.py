"""Verbs on promised times."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fengong.desk.events import PromiseBroken, ServiceLevelSet
from fengong.desk.models import ServiceLevel, Ticket
from fengong.kernel.actor import SYSTEM, Actor
from fengong.kernel.spine import Fact, record, record_all
from fengong.people.policies import require

BATCH = 200
BROKEN = ("first_response_broken", "resolution_broken")


def set_service_level(
    *, actor: Actor, priority: int, first_response_minutes: int, resolution_minutes: int, at: datetime
) -> ServiceLevel:
    """Promise times for a priority; tickets opened from now on get them."""
    require(actor, "people.manage")
    with transaction.atomic():
        level, _created = ServiceLevel.objects.update_or_create(
            priority=priority,
            defaults={
                "first_response_minutes": first_response_minutes,
                "resolution_minutes": resolution_minutes,
            },
        )
        fact = ServiceLevelSet(
            priority=priority,
            first_response_minutes=first_response_minutes,
            resolution_minutes=resolution_minutes,
        )
        record(fact, actor=actor, at=at)
    return level


def mark_broken_promises(*, actor: Actor, at: datetime) -> int:
    """Record each promise whose time has passed, once; returns how many there were."""
    with transaction.atomic():
        due = Ticket.objects.select_for_update(skip_locked=True, no_key=True).filter(next_due_at__lte=at)
        tickets = list(due.order_by("next_due_at")[:BATCH])
        facts: list[tuple[Fact, Actor]] = [(_break_promise(ticket), actor) for ticket in tickets]
        Ticket.objects.bulk_update(tickets, [*BROKEN, "next_due_at"])
        record_all(facts, at=at)
    return len(tickets)


def note_missed(*, ticket: Ticket, at: datetime) -> None:
    """Record what a locked ticket's owner is about to do too late, ahead of the sweep. The caller saves BROKEN."""
    while ticket.next_due_at is not None and ticket.next_due_at < at:
        record(_break_promise(ticket), actor=SYSTEM, at=at)


def _break_promise(ticket: Ticket) -> PromiseBroken:
    first = ticket.first_responded_at is None and ticket.next_due_at == ticket.first_response_due
    if first:
        ticket.first_response_broken = True
    else:
        ticket.resolution_broken = True
    ticket.next_due_at = ticket.deadline()
    target = "first_response" if first else "resolution"
    return PromiseBroken(ticket=ticket.pk, member=ticket.owner_id, target=target)
