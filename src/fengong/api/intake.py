"""From what a program sends to a ticket: who the customer is, which topic, and whether it stands already."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fengong.api import found, keys
from fengong.api.schemas.tickets import TicketIn
from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.actions.tickets import open_ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.people.policies import require


def open_from(draft: TicketIn, *, actor: Actor, at: datetime) -> tuple[Any, bool]:
    """The ticket, and whether it is new. Conflict where its external id stands for another matter."""
    require(actor, "ticket.open")
    if draft.difficulty and not draft.topic_id:
        raise Invalid(_("Difficulty needs a topic."), field="difficulty")
    customer = _customer(draft, actor, at)
    ticket = open_ticket(
        actor=actor,
        customer=customer,
        subject=draft.subject,
        body=draft.body,
        channel=draft.channel,
        language=draft.language or "",
        topic=found.the_topic(draft.topic_id, field="topic_id") if draft.topic_id else None,
        difficulty=draft.difficulty,
        priority=draft.priority,
        external_id=draft.external_id,
        at=at,
    )
    is_new = ticket.opened_at == at
    keys.check_same(is_new or (ticket.customer_id, ticket.subject) == (customer.pk, draft.subject.strip()))
    return ticket, is_new


def _customer(draft: TicketIn, actor: Actor, at: datetime) -> Any:
    if (draft.customer is None) == (draft.customer_id is None):
        raise Invalid(_("Name the customer, either by customer_id or by customer."), field="customer")
    if draft.customer is None:
        return found.the_customer(actor, draft.customer_id or 0, field="customer_id")
    given = draft.customer
    return find_or_add_contact(
        actor=actor,
        email=given.email,
        display_name=given.name,
        language=given.language,
        organization=given.organization,
        at=at,
    )
