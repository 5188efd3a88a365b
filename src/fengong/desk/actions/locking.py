"""Reading a row again under lock, the second step of every verb.

Locks are taken in one order everywhere: presence by member id, then tickets by id, then loads by member id. That is
what keeps verbs that run at the same time from waiting for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions import clocks
from fengong.desk.models import Ticket
from fengong.kernel.errors import Conflict, Missing


def locked(ticket: Ticket, *, seen: int | None = None) -> Ticket:
    """The ticket as it is now, locked. With `seen`, Conflict when it has changed since that version.

    Only the ticket is read. Joined rows would be those from before the wait for the lock: PostgreSQL reads the locked
    row again but not its neighbours, so an owner who has changed meanwhile would come back as nobody.
    """
    row = Ticket.objects.select_for_update(no_key=True).filter(pk=ticket.pk).first()
    if row is None:
        raise Missing(_("This ticket does not exist."))
    if seen is not None and row.version != seen:
        raise Conflict(
            _("The ticket has changed since you opened it. Look at the change, then send again."),
            code="stale",
        )
    return row


def locked_all(pks: Collection[int]) -> dict[int, Ticket]:
    """Several tickets as they are now, locked in the common order, by id; Missing where one is not there."""
    rows = Ticket.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < len(pks):
        raise Missing(_("This ticket does not exist."))
    return found


class _GoesOnError(Exception):
    """The ticket goes on in another, whose id this carries."""


def locked_end(ticket: Ticket, *, seen: int | None = None) -> Ticket:
    """The ticket in which a matter goes on, locked: itself, or the one it was merged into.

    A ticket that turns out to be merged is let go before the other is locked, so that nobody waits in a circle.
    """
    end, expected = ticket.pk, seen
    while True:
        try:
            with transaction.atomic():
                row = locked(Ticket(pk=end), seen=expected)
                if row.merged_into_id is not None:
                    raise _GoesOnError(row.merged_into_id)
                return row
        except _GoesOnError as found:
            end, expected = found.args[0], None


def changed(ticket: Ticket, *fields: str, at: datetime | None = None) -> Ticket:
    """Save the named fields of a locked ticket as its next version; its clocks follow.

    Without `at` nothing that a clock follows may have changed, or the sweep takes its own time for it.
    """
    ticket.version += 1
    if at is None:
        ticket.next_step_at = ticket.opened_at if ticket.clock else None
        ticket.save(update_fields=[*fields, "version", "next_step_at"])
        return ticket
    clocks.follow(tickets=[ticket], at=at)
    ticket.save(update_fields={*fields, *clocks.CLOCKED, "version"})
    clocks.rechoose(tickets=[ticket], at=at)
    return ticket


def changed_all(tickets: Sequence[Ticket], *fields: str, at: datetime) -> None:
    """Save the named fields of many locked tickets as their next versions; their clocks follow."""
    for ticket in tickets:
        ticket.version += 1
    clocks.follow(tickets=tickets, at=at)
    clocks.write(tickets, *fields, "version")
    clocks.rechoose(tickets=tickets, at=at)
