"""Verbs on what reaches a conversation from outside it: notes that no member wrote, dress that mail brings along."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fengong.customers.models import Contact
from fengong.desk.actions.indexing import index_message
from fengong.desk.actions.locking import changed, locked
from fengong.desk.events import TicketNoted
from fengong.desk.models import Message, Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.spine import record
from fengong.people.policies import require


def file_note(
    *,
    actor: Actor,
    ticket: Ticket,
    body: str,
    at: datetime,
    contact: Contact | None = None,
    author_name: str = "",
    author_address: str = "",
    channel: str = "",
    external_id: str = "",
) -> Message:
    """Put a note into a ticket that wakes nobody and counts for no promise: an automatic reply, a bounce, a stranger.

    The same `external_id` again returns the note that stands already.
    """
    require(actor, "ticket.work")
    with transaction.atomic():
        row = locked(ticket)
        if external_id and (known := Message.objects.filter(external_id=external_id).first()):
            return known
        message = Message.objects.create(
            ticket=row,
            kind=Message.Kind.NOTE,
            contact=contact,
            author_name=author_name[:200],
            author_address=author_address[:254],
            channel=channel,
            body=body,
            at=at,
            external_id=external_id,
        )
        index_message(message)
        changed(row)
        record(TicketNoted(ticket=row.pk, member=None, message=message.pk), actor=actor, at=at)
    return message


def dress(
    *,
    actor: Actor,
    message: Message,
    at: datetime,
    html: str = "",
    quoted: str = "",
    channel: str = "",
    author_name: str = "",
    author_address: str = "",
) -> Message:
    """Add to a message that has just come in what its channel brought along; part of the step that took it in."""
    require(actor, "ticket.work")
    message.html, message.quoted, message.channel = html, quoted, channel
    message.author_name, message.author_address = author_name[:200], author_address[:254]
    message.save(update_fields=["html", "quoted", "channel", "author_name", "author_address"])
    return message
