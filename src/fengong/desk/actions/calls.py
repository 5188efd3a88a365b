"""The verb by which a member writes down what a customer said on the telephone or in person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.customers.actions.contacts import find_or_add_caller
from fengong.customers.models import Contact
from fengong.desk.actions.messages import add_note
from fengong.desk.actions.tags import tag_ticket
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.models import Ticket, TicketType
from fengong.desk.policies import require_author
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.people.models import Member, Topic
from fengong.people.policies import require

LONGEST_CALL = 24 * 60


@dataclass(frozen=True, slots=True)
class Call:
    """Who spoke, and for how many minutes. Name the contact, or say how to find them."""

    contact: Contact | None = None
    phone: str = ""
    name: str = ""
    email: str = ""
    organization: str = ""
    minutes: int | None = None


def open_on_behalf(
    *,
    actor: Actor,
    member: Member,
    call: Call,
    subject: str,
    body: str,
    at: datetime,
    channel: str = Ticket.Channel.PHONE,
    note: str = "",
    topic: Topic | None = None,
    difficulty: int | None = None,
    priority: int = Ticket.Priority.NORMAL,
    type: TicketType | None = None,
    fields: Mapping[str, Any] | None = None,
    tags: Sequence[str] = (),
) -> Ticket:
    """Write down a customer's matter for them. Who called is found by number or address, else added.

    The customer's words are the first message; how long the call took, and what only colleagues should know, is an
    internal note of the member.
    """
    require(actor, "ticket.work")
    require_author(actor, member)
    if call.minutes is not None and not 0 <= call.minutes <= LONGEST_CALL:
        raise Invalid(_("A call lasts between 0 minutes and a day."), field="minutes")
    with transaction.atomic():
        customer = call.contact or find_or_add_caller(
            actor=actor,
            phone=call.phone,
            email=call.email,
            display_name=call.name,
            organization=call.organization,
            at=at,
        )
        ticket = open_ticket(
            actor=actor,
            customer=customer,
            subject=subject,
            body=body,
            channel=channel,
            topic=topic,
            difficulty=difficulty,
            priority=priority,
            type=type,
            fields=fields or {},
            at=at,
        )
        if text := _note(call, note):
            add_note(actor=actor, ticket=ticket, member=member, body=text, at=at)
        if tags:
            tag_ticket(actor=actor, ticket=ticket, add=tags, at=at)
    return ticket


def _note(call: Call, note: str) -> str:
    """What colleagues should know of the call; empty where there is nothing to say."""
    lines = [note.strip()]
    if call.minutes is not None:
        who = call.phone.strip() or call.name.strip() or (call.contact.display_name if call.contact else "")
        lines.insert(0, _("Call with %(who)s, %(minutes)s min.") % {"who": who, "minutes": call.minutes})
    return "\n\n".join(line for line in lines if line)
