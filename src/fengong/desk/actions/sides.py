"""Verbs on talks with outsiders about a ticket, which its customer never sees: a supplier, a courier, a bank.

The mails themselves are sent and taken in by the integration of mail; it hears the facts recorded here.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.locking import locked
from fengong.desk.events import SideClosed, SideReceived, SideReplied, SideStarted
from fengong.desk.models import Message, SideConversation, SideMessage, Ticket
from fengong.desk.policies import require_author
from fengong.desk.reading import sides as reading
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require

MOST_PARTICIPANTS = 20


def start_side(
    *,
    actor: Actor,
    ticket: Ticket,
    member: Member,
    subject: str,
    participants: Iterable[str],
    body: str,
    at: datetime,
) -> SideConversation:
    """Write to somebody outside about a ticket."""
    require(actor, "ticket.work")
    require_author(actor, member)
    addresses = _checked(participants, ticket)
    _check_text(subject, body)
    with transaction.atomic():
        row = locked(ticket)
        side = SideConversation.objects.create(
            ticket=row,
            subject=subject.strip()[:240],
            participants=addresses,
            token=secrets.token_hex(10),
            opened_by=member,
            opened_at=at,
            last_at=at,
        )
        message = _add(side, Message(member=member, body=body, at=at))
        fact = SideStarted(ticket=row.pk, member=member.pk, side=side.pk, message=message.pk)
        record(fact, actor=actor, at=at)
    return side


def reply_side(
    *,
    actor: Actor,
    side: SideConversation,
    member: Member,
    body: str,
    at: datetime,
    participants: Iterable[str] | None = None,
) -> Message:
    """Write on in a talk, and with `participants` to others than before."""
    require(actor, "ticket.work")
    require_author(actor, member)
    _check_text(side.subject, body)
    addresses = None if participants is None else _checked(participants, side.ticket)
    with transaction.atomic():
        locked(side.ticket)
        row = _open(side)
        if addresses is not None:
            row.participants = addresses
        message = _add(row, Message(member=member, body=body, at=at))
        fact = SideReplied(ticket=row.ticket_id, member=member.pk, side=row.pk, message=message.pk)
        record(fact, actor=actor, at=at)
    return message


def receive_side(
    *,
    actor: Actor,
    side: SideConversation,
    address: str,
    body: str,
    at: datetime,
    name: str = "",
    html: str = "",
    quoted: str = "",
    external_id: str = "",
) -> Message:
    """Take in what an outsider answered; it opens a closed talk again.

    The same `external_id` again returns the message that stands already.
    """
    require(actor, "ticket.open")
    if external_id and (known := Message.objects.filter(external_id=external_id).first()):
        return known
    message = Message(
        author_name=name[:200],
        author_address=address[:254],
        channel=Ticket.Channel.MAIL,
        body=body,
        html=html,
        quoted=quoted,
        at=at,
        external_id=external_id,
    )
    try:
        return _take_in(side, message, actor)
    except IntegrityError:
        if external_id and (known := Message.objects.filter(external_id=external_id).first()):
            return known
        raise


def close_side(*, actor: Actor, side: SideConversation, member: Member, at: datetime) -> SideConversation:
    """Put a talk away."""
    require(actor, "ticket.work")
    require_author(actor, member)
    with transaction.atomic():
        locked(side.ticket)
        row = _open(side)
        if row.closed_at is None:
            row.closed_at = at
            row.save(update_fields=["closed_at"])
            record(SideClosed(ticket=row.ticket_id, member=member.pk, side=row.pk), actor=actor, at=at)
    return row


def _take_in(side: SideConversation, message: Message, actor: Actor) -> Message:
    at = message.at
    with transaction.atomic():
        ticket = locked(side.ticket)
        row = _open(side)
        row.closed_at = None
        if message.author_address.lower() not in (known.lower() for known in row.participants):
            row.participants = [*row.participants, message.author_address][:MOST_PARTICIPANTS]
        _add(row, message)
        fact = SideReceived(
            ticket=ticket.pk,
            member=ticket.owner_id or row.opened_by_id,
            side=row.pk,
            message=message.pk,
            address=message.author_address,
        )
        record(fact, actor=actor, at=at)
    return message


def _add(side: SideConversation, message: Message) -> Message:
    message.ticket_id, message.kind = side.ticket_id, Message.Kind.SIDE
    message.save(force_insert=True)
    SideMessage.objects.create(conversation=side, message=message)
    side.last_at = max(side.last_at, message.at)
    side.save(update_fields=["participants", "last_at", "closed_at"])
    return message


def _open(side: SideConversation) -> SideConversation:
    row = reading.side(side.pk)
    if row is None:
        raise Conflict(_("This side conversation does not exist any more."))
    return row


def _checked(participants: Iterable[str], ticket: Ticket) -> list[str]:
    addresses = list(dict.fromkeys(given.strip() for given in participants if given.strip()))
    if not 0 < len(addresses) <= MOST_PARTICIPANTS:
        raise Invalid(
            _("Name between 1 and %(most)s addresses.") % {"most": MOST_PARTICIPANTS}, field="participants"
        )
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError as error:
            raise Invalid(
                _("This is no mail address: %(address)s") % {"address": address}, field="participants"
            ) from error
        if address.lower() == (ticket.customer.email or "").lower():
            raise Invalid(
                _("This is the address of the customer. Write a reply to reach them."), field="participants"
            )
    return addresses


def _check_text(subject: str, body: str) -> None:
    if not subject.strip():
        raise Invalid(_("A side conversation needs a subject."), field="subject")
    if not body.strip():
        raise Invalid(_("The message is empty."), field="body")
