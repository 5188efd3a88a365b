"""Verbs on whose matter a ticket is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fengong.customers.models import Contact
from fengong.desk.actions.locking import changed, locked
from fengong.desk.facts import CustomerNamed
from fengong.desk.models import Message, Ticket
from fengong.desk.policies import require_reading
from fengong.kernel.actor import Actor
from fengong.kernel.spine import record


def name_customer(*, actor: Actor, ticket: Ticket, customer: Contact, at: datetime) -> Ticket:
    """Whoever wrote in turns out to be a customer we know, or says so; what they wrote becomes that customer's."""
    with transaction.atomic():
        row = locked(ticket)
        require_reading(actor, row)
        if row.customer_id == customer.pk:
            return row
        previous = row.customer_id
        Message.objects.filter(ticket=row, contact_id=previous).update(contact=customer)
        row.customer = customer
        changed(row, "customer", at=at)
        record(
            CustomerNamed(ticket=row.pk, customer=customer.pk, previous_customer=previous), actor=actor, at=at
        )
    return row
