"""When a visitor has gone: their unread answers are handed over to mail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from fengong.integrations.widget import queries
from fengong.integrations.widget.events import VisitorLeft
from fengong.integrations.widget.models import Visitor
from fengong.kernel.actor import Actor
from fengong.kernel.spine import record
from fengong.people.policies import require


def hand_over(*, actor: Actor, at: datetime) -> int:
    """Tell of each visitor who is away for as long as their widget waits which answers they have not read."""
    require(actor, "ticket.work")
    left = [visitor for visitor in queries.left_unread(at=at) if _is_away(visitor, at)]
    return sum(_hand_over(visitor, actor, at) for visitor in left)


def _is_away(visitor: Visitor, at: datetime) -> bool:
    return visitor.present_until <= at - timedelta(minutes=visitor.widget.away_minutes)


def _hand_over(visitor: Visitor, actor: Actor, at: datetime) -> bool:
    with transaction.atomic():
        Visitor.objects.select_for_update(no_key=True).get(pk=visitor.pk)
        row = Visitor.objects.select_related("ticket").get(pk=visitor.pk)
        if row.ticket is None or row.is_present(at) or queries.is_present(row.ticket.pk, at=at):
            return False
        past = max(row.read, row.handed)
        unread = list(queries.answers(row).filter(id__gt=past).values_list("id", flat=True))
        if not unread:
            return False
        row.handed = unread[-1]
        row.save(update_fields=["handed"])
        Visitor.objects.filter(ticket=row.ticket_id, handed__lt=row.handed).update(handed=row.handed)
        fact = VisitorLeft(ticket=row.ticket.pk, customer=row.ticket.customer_id, messages=unread)
        record(fact, actor=actor, at=at)
    return True
