"""The verb on how urgent a ticket is, whatever state it is in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.drafting import checked_priority
from fengong.desk.actions.locking import changed, locked
from fengong.desk.events import PrioritySet
from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import record
from fengong.people.policies import require


def set_priority(
    *, actor: Actor, ticket: Ticket, priority: int, at: datetime, seen: int | None = None
) -> Ticket:
    """Say how urgent a ticket is; what is promised for it follows. The same again changes nothing."""
    require(actor, "ticket.work")
    checked_priority(priority)
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        if row.status == Ticket.Status.RESOLVED:
            raise Conflict(_("The ticket is resolved; reopen it first."))
        if row.priority == priority:
            return row
        previous, row.priority = row.priority, priority
        changed(row, "priority", at=at)
        record(PrioritySet(ticket=row.pk, priority=priority, previous=previous), actor=actor, at=at)
    return row
