"""Named reads of what has happened on a ticket since somebody looked."""

from __future__ import annotations

from django.db.models import Max, QuerySet

from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.models import Event, EventSubject
from fengong.kernel.spine import history

STOPS = (
    "ticket.replied", "ticket.message_received", "ticket.dispatched", "ticket.transferred", "ticket.escalated",
    "ticket.deescalated", "ticket.returned", "ticket.resumed", "ticket.pended", "ticket.snoozed", "ticket.resolved",
    "ticket.reopened", "ticket.merged", "ticket.unmerged",
)  # fmt: skip
"""Facts after which an answer may be wrong: another answer, a new question, another owner, another state."""


def stops_since(ticket: Ticket, heard: int, *, but: Actor) -> QuerySet[Event]:
    """Those facts of a ticket after a number, except the reader's own, oldest first."""
    return history("ticket", ticket.pk).filter(seq__gt=heard, verb__in=STOPS).exclude(actor=but.ref)


def heard_of(ticket: Ticket) -> int:
    """The number of the newest fact about a ticket; a page that is drawn now has seen all up to it."""
    found = EventSubject.objects.filter(kind="ticket", ref=ticket.pk).aggregate(last=Max("event_id"))
    return found["last"] or 0
