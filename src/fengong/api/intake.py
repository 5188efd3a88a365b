"""From what programs send to tickets: who the customer is, which topic, and whether it stands already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fengong.api import found, keys
from fengong.api.schemas.customers import CustomerIn
from fengong.api.schemas.tickets import TicketIn
from fengong.customers import queries as customers
from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.actions.drafting import Matter
from fengong.desk.actions.intake import Outcome, open_tickets
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.reading import fields as filed
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid, Refused
from fengong.people import queries as people
from fengong.people.policies import require


def open_from(draft: TicketIn, *, actor: Actor, at: datetime) -> tuple[Any, bool]:
    """The ticket, and whether it is new. Conflict where its external id stands for another matter."""
    require(actor, "ticket.open")
    _check_whole(draft)
    customer = (
        _written_down(draft.customer, actor, at)
        if draft.customer
        else found.the_customer(actor, draft.customer_id or 0, field="customer_id")
    )
    topic = found.the_topic(draft.topic_id, field="topic_id") if draft.topic_id else None
    kind = found.there(filed.ticket_type(draft.type_id), "type_id") if draft.type_id else None
    matter = _matter(draft, customer, topic, kind)
    ticket = open_ticket(
        actor=actor, at=at, **{name: getattr(matter, name) for name in Matter.__dataclass_fields__}
    )
    is_new = ticket.opened_at == at
    _check_same(ticket, matter, is_new)
    return ticket, is_new


def open_many(drafts: Sequence[TicketIn], *, actor: Actor, at: datetime) -> list[Outcome]:
    """What became of each, in the order given; who and what they name is looked up for all at once."""
    require(actor, "ticket.open")
    names = _Names(drafts, actor, at)
    read = [names.matter(draft) for draft in drafts]
    matters = [matter for matter in read if isinstance(matter, Matter)]
    outcomes = iter(open_tickets(actor=actor, matters=matters, at=at))
    return [
        _checked(next(outcomes), matter) if isinstance(matter, Matter) else Outcome(refusal=matter)
        for matter in read
    ]


class _Names:
    """The customers and topics that some drafts name."""

    def __init__(self, drafts: Sequence[TicketIn], actor: Actor, at: datetime) -> None:
        self._actor, self._at = actor, at
        emails = {_address(draft.customer) for draft in drafts if draft.customer}
        ids = {draft.customer_id for draft in drafts if draft.customer_id}
        known = list(customers.contacts_named(ids=ids, emails=emails))
        self._by_id = {customer.pk: customer for customer in known if customer.pk in ids}
        self._by_email = {customer.email: customer for customer in known}
        self._topics = {topic.pk: topic for topic in people.topics()}
        typed = any(draft.type_id for draft in drafts)
        self._types = {kind.pk: kind for kind in filed.types()} if typed else {}

    def matter(self, draft: TicketIn) -> Matter | Refused:
        """The draft with what it names, or why there is no such thing."""
        try:
            _check_whole(draft)
            customer = self._customer(draft)
            topic = found.there(self._topics.get(draft.topic_id), "topic_id") if draft.topic_id else None
            kind = found.there(self._types.get(draft.type_id), "type_id") if draft.type_id else None
        except Refused as refusal:
            return refusal
        return _matter(draft, customer, topic, kind)

    def _customer(self, draft: TicketIn) -> Any:
        if draft.customer is None:
            return found.there(self._by_id.get(draft.customer_id or 0), "customer_id")
        email = _address(draft.customer)
        if email not in self._by_email:
            self._by_email[email] = _written_down(draft.customer, self._actor, self._at)
        return self._by_email[email]


def _check_whole(draft: TicketIn) -> None:
    if draft.difficulty and not draft.topic_id:
        raise Invalid(_("Difficulty needs a topic."), field="difficulty")
    if (draft.customer is None) == (draft.customer_id is None):
        raise Invalid(_("Name the customer, either by customer_id or by customer."), field="customer")


def _address(customer: CustomerIn) -> str:
    return customer.email.strip().lower()


def _written_down(given: CustomerIn, actor: Actor, at: datetime) -> Any:
    return find_or_add_contact(
        actor=actor,
        email=given.email,
        display_name=given.name,
        language=given.language,
        organization=given.organization,
        at=at,
    )


def _matter(draft: TicketIn, customer: Any, topic: Any, kind: Any) -> Matter:
    return Matter(
        customer=customer,
        subject=draft.subject,
        body=draft.body,
        channel=draft.channel,
        language=draft.language or "",
        topic=topic,
        difficulty=draft.difficulty,
        priority=draft.priority,
        external_id=draft.external_id,
        type=kind,
        fields=draft.fields,
    )


def _checked(outcome: Outcome, matter: Matter) -> Outcome:
    try:
        _check_same(outcome.ticket, matter, outcome.is_new)
    except Refused as refusal:
        return Outcome(refusal=refusal)
    return outcome


def _check_same(ticket: Any, matter: Matter, is_new: bool) -> None:
    if ticket is not None and not is_new:
        same = (ticket.customer_id, ticket.subject) == (matter.customer.pk, matter.subject.strip())
        keys.check_same(same)
