"""Verbs that put a ticket aside until a time, and take it up again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions import ownership
from fengong.desk.actions.deferrals import due_locked
from fengong.desk.actions.locking import locked
from fengong.desk.events import TicketReturned
from fengong.desk.facts import TicketSnoozed, TicketWoken
from fengong.desk.models import Ticket
from fengong.desk.policies import require_settling
from fengong.desk.reading import snoozes as reading
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record

LONGEST = timedelta(days=366)
AT_ONCE = 200


def snooze_ticket(
    *, actor: Actor, ticket: Ticket, until: datetime, at: datetime, seen: int | None = None
) -> Ticket:
    """Put a ticket aside until then; its owner keeps a part of the effort. What its customer writes wakes it."""
    if not at < until <= at + LONGEST:
        raise Invalid(_("Choose a time from now on, within a year."), field="until")
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_settling(actor, row)
        if not row.is_owned:
            raise Conflict(_("Only a ticket that somebody works on can be snoozed."))
        ownership.hold_less(ticket=row, reason=Ticket.Reason.SNOOZED, until=until, at=at)
        fact = TicketSnoozed(ticket=row.pk, member=row.owner_id, until=until.isoformat())
        record(fact, actor=actor, at=at)
    return row


def wake_ticket(*, actor: Actor, ticket: Ticket, at: datetime, seen: int | None = None) -> Ticket:
    """Take up again what was put aside, or waits for somebody, before its time."""
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_settling(actor, row)
        if row.status != Ticket.Status.PENDING:
            raise Conflict(_("This ticket does not rest."))
        _wake(row, actor, at, "ordered")
    return row


def wake_due(*, actor: Actor, at: datetime) -> int:
    """Wake the tickets whose time has come, each in a transaction of its own; returns how many."""
    woken = 0
    for ticket in reading.due(at, AT_ONCE):
        with transaction.atomic():
            row = locked(ticket)
            if row.snoozed_until is None or row.snoozed_until > at:
                continue  # somebody was faster
            _wake(row, actor, at, "due")
            woken += 1
    return woken


def _wake(row: Ticket, actor: Actor, at: datetime, reason: str) -> None:
    if row.status == Ticket.Status.WAITING:
        due_locked(row=row, actor=actor, reason=reason, at=at)
        return
    owner = row.owner_id
    if ownership.hold_fully(ticket=row, at=at):
        record(TicketWoken(ticket=row.pk, member=owner, reason=reason), actor=actor, at=at)
    else:
        record(TicketReturned(ticket=row.pk, member=owner, reason="capacity"), actor=actor, at=at)
