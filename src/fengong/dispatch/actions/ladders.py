"""Going up the ladder by itself: a ticket that has been on its tier for too long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from fengong.desk.actions.locking import locked
from fengong.desk.models import Ticket
from fengong.dispatch.actions.escalations import Step, check_climbing, climb
from fengong.dispatch.models import Escalation
from fengong.dispatch.move_rules import DEFAULT, MoveRules
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Missing

AT_ONCE = 50


def climb_overdue(*, actor: Actor, at: datetime, rules: MoveRules = DEFAULT) -> int:
    """Move up what has been on tier 1 or 2 for too long, whoever has it; returns how many.

    What waits for its customer does not climb. The next owner reads how long it was there and what was noted last.
    """
    moved = 0
    for tier, minutes in enumerate(rules.tier, start=1):
        if minutes:
            moved += sum(_climb(actor, ticket, minutes, at) for ticket in _overdue(tier, minutes, at))
    return moved


def _overdue(tier: int, minutes: int, at: datetime) -> QuerySet[Ticket]:
    limit = at - timedelta(minutes=minutes)
    came = Escalation.objects.filter(ticket=OuterRef("pk"), at__gt=limit)
    stuck = Ticket.objects.filter(
        ~Exists(came),
        tier=tier,
        status__in=(Ticket.Status.WAITING, Ticket.Status.OPEN),
        topic__isnull=False,
        opened_at__lte=limit,
    )
    return stuck.order_by("opened_at")[:AT_ONCE]


def _climb(actor: Actor, ticket: Ticket, minutes: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            row = locked(ticket, seen=ticket.version)
            check_climbing(row)
            step = Step(row.tier + 1, Escalation.Cause.TIME, minutes=minutes)
            climb(actor=actor, row=row, step=step, at=at)
    except (Conflict, Missing):
        return False
    return True
