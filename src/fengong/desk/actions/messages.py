"""Verbs on a ticket's conversation."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.customers.models import Contact
from fengong.desk.actions import ownership
from fengong.desk.actions.clocks import take_up
from fengong.desk.actions.freshness import require_fresh
from fengong.desk.actions.indexing import index_message
from fengong.desk.actions.locking import changed, locked_end
from fengong.desk.actions.mentions import mention_named
from fengong.desk.actions.tickets import reopen_locked
from fengong.desk.events import (
    MessageReceived,
    TicketNoted,
    TicketReplied,
    TicketResumed,
    TicketReturned,
)
from fengong.desk.models import Message, Ticket
from fengong.desk.policies import require_author, require_reading
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require


def reply(
    *,
    actor: Actor,
    ticket: Ticket,
    member: Member,
    body: str,
    at: datetime,
    seen: int | None = None,
    heard: int | None = None,
) -> Message:
    """Answer the customer as a member. With `seen`, Conflict when the ticket has changed since that version.

    With `heard`, the number of the last fact its writer saw, Conflict only when what came after bears on the answer.
    """
    require(actor, "ticket.work")
    require_author(actor, member)
    _check_body(body)
    with transaction.atomic():
        row = locked_end(ticket, seen=seen)
        require_fresh(writer=actor, ticket=row, heard=heard)
        message = Message.objects.create(ticket=row, member=member, body=body, at=at)
        index_message(message)
        first = row.first_responded_at is None
        if first:
            row.first_responded_at = at
        row.last_member_at = at
        changed(row, "first_responded_at", "last_member_at", at=at)
        fact = TicketReplied(ticket=row.pk, member=member.pk, message=message.pk, first=first)
        record(fact, actor=actor, at=at)
    return message


def add_note(
    *,
    actor: Actor,
    ticket: Ticket,
    member: Member,
    body: str,
    at: datetime,
    kind: str = Message.Kind.NOTE,
    seen: int | None = None,
) -> Message:
    """Write an internal note, which customers never see."""
    require(actor, "ticket.read")
    require_author(actor, member)
    _check_body(body)
    with transaction.atomic():
        row = locked_end(ticket, seen=seen)
        message = Message.objects.create(ticket=row, member=member, body=body, at=at, kind=kind)
        index_message(message)
        row.last_update_at = at
        changed(row, at=at)
        record(TicketNoted(ticket=row.pk, member=member.pk, message=message.pk), actor=actor, at=at)
        mention_named(actor=actor, message=message, at=at)
    return message


def receive_message(
    *, actor: Actor, ticket: Ticket, contact: Contact, body: str, at: datetime, external_id: str = ""
) -> Message:
    """Take in what the customer wrote. A ticket that waited for them comes back to life.

    The same `external_id` again returns the message that stands already.
    """
    require(actor, "ticket.open")
    require_reading(actor, ticket)
    _check_body(body)
    try:
        return _take_in(
            Message(contact=contact, body=body, at=at, external_id=external_id), contact, ticket, actor
        )
    except IntegrityError:
        if external_id and (known := Message.objects.filter(external_id=external_id).first()):
            return known
        raise


def _take_in(message: Message, contact: Contact, ticket: Ticket, actor: Actor) -> Message:
    at, external_id = message.at, message.external_id
    with transaction.atomic():
        row = locked_end(ticket)
        if external_id and (known := Message.objects.filter(external_id=external_id).first()):
            return known
        message.ticket = row
        message.save(force_insert=True)
        index_message(message)
        take_up(row, at=at)
        row.last_customer_at = at
        changed(row, "last_customer_at", at=at)
        fact = MessageReceived(ticket=row.pk, customer=contact.pk, message=message.pk, member=row.owner_id)
        record(fact, actor=actor, at=at)
        _wake(row, actor, at)
    return message


def _check_body(body: str) -> None:
    if not body.strip():
        raise Invalid(_("The message is empty."), field="body")


def _wake(ticket: Ticket, actor: Actor, at: datetime) -> None:
    if ticket.status == Ticket.Status.RESOLVED:
        reopen_locked(actor=actor, ticket=ticket, at=at)
    elif ticket.status == Ticket.Status.PENDING and ticket.owner_id is not None:
        owner = ticket.owner_id
        if ownership.hold_fully(ticket=ticket, at=at):
            record(TicketResumed(ticket=ticket.pk, member=owner), actor=actor, at=at)
        else:
            fact = TicketReturned(ticket=ticket.pk, member=owner, reason="capacity")
            record(fact, actor=actor, at=at)
