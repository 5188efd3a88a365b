"""Grading many waiting tickets at once, as triage does: the checks of `grade_ticket`, for a whole batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fengong.desk.actions.drafting import checked_priority, set_grade
from fengong.desk.actions.locking import changed_all
from fengong.desk.events import TicketGraded
from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.spine import Fact, record_all
from fengong.people.models import Topic
from fengong.people.policies import require


@dataclass(frozen=True, slots=True)
class Grading:
    """What a ticket is about and how hard it is, as it stood in version `seen`."""

    ticket: int
    seen: int
    topic: Topic
    difficulty: int
    priority: int
    confidence: float | None = None


def grade_tickets(*, actor: Actor, gradings: Sequence[Grading], at: datetime) -> list[Ticket]:
    """State what many waiting tickets are about, in one transaction; returns those that were graded.

    Passed over are tickets that somebody else holds, has taken or has changed since the version that was read.
    """
    require(actor, "ticket.work")
    wanted = {grading.ticket: grading for grading in gradings}
    with transaction.atomic():
        free = Ticket.objects.select_for_update(skip_locked=True, no_key=True).filter(
            pk__in=wanted, status=Ticket.Status.WAITING
        )
        rows = [row for row in free.order_by("pk") if row.version == wanted[row.pk].seen]
        for row in rows:
            grading = wanted[row.pk]
            set_grade(row, grading.topic, grading.difficulty)
            row.priority = checked_priority(grading.priority)
        changed_all(rows, "topic", "difficulty", "priority", "effort", "tier", at=at)
        record_all([(graded(row, wanted[row.pk].confidence), actor) for row in rows], at=at)
    return rows


def graded(ticket: Ticket, confidence: float | None) -> Fact:
    """The fact that a ticket was graded."""
    return TicketGraded(
        ticket=ticket.pk,
        topic=ticket.topic_id or 0,
        difficulty=ticket.difficulty,
        priority=ticket.priority,
        effort=ticket.effort,
        confidence=confidence,
    )
