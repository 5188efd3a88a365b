"""Verbs that let a waiting ticket wait until a time, so that what is more pressing is taken first.

What was promised for it stands: its clocks go on. Its place in the queue, too, is that from before.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.locking import changed, locked
from fengong.desk.facts import TicketDeferred, TicketWoken
from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.policies import require

LONGEST = timedelta(days=7)


def defer_ticket(*, actor: Actor, ticket: Ticket, until: datetime, at: datetime) -> Ticket:
    """Let a waiting ticket not be given to anybody before then, but by hand. Saying it again moves the time."""
    require(actor, "ticket.assign")
    if not at < until <= at + LONGEST:
        raise Invalid(_("Choose a time from now on, within a week."), field="until")
    with transaction.atomic():
        row = locked(ticket)
        if row.status != Ticket.Status.WAITING:
            raise Conflict(_("Only a ticket that waits for an owner can be deferred."))
        row.snoozed_until = until
        changed(row, "snoozed_until", at=at)
        record(TicketDeferred(ticket=row.pk, until=until.isoformat()), actor=actor, at=at)
    return row


def take_back(*, actor: Actor, ticket: Ticket, at: datetime) -> Ticket:
    """Let a deferred ticket be given to somebody before its time; one that is not deferred stays as it is."""
    require(actor, "ticket.assign")
    with transaction.atomic():
        row = locked(ticket)
        if row.status == Ticket.Status.WAITING and row.snoozed_until is not None:
            due_locked(row=row, actor=actor, reason="ordered", at=at)
    return row


def due_locked(*, row: Ticket, actor: Actor, reason: str, at: datetime) -> None:
    """The locked ticket is to be given to somebody again."""
    row.snoozed_until = None
    changed(row, "snoozed_until", at=at)
    record(TicketWoken(ticket=row.pk, member=None, reason=reason), actor=actor, at=at)
