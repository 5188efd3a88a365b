"""Reading a row again under lock, the second step of every verb.

Locks are taken in one order everywhere: presence by member id, then tickets by id, then loads by member id. That is
what keeps verbs that run at the same time from waiting for each other in a circle.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

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


def changed(ticket: Ticket, *fields: str) -> Ticket:
    """Save the named fields of a locked ticket as its next version."""
    ticket.version += 1
    ticket.next_due_at = ticket.deadline()
    ticket.save(update_fields=[*fields, "version", "next_due_at"])
    return ticket
