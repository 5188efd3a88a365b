"""The verb that writes down many matters at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from fengong.customers.models import Contact
from fengong.desk.actions import clocks
from fengong.desk.actions.drafting import Matter, draft
from fengong.desk.actions.fields import filled
from fengong.desk.actions.indexing import index_tickets
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.events import TicketOpened
from fengong.desk.models import Message, Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Refused
from fengong.kernel.rows import insert, insert_new
from fengong.kernel.spine import Fact, record_all
from fengong.people.policies import require


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one matter: its ticket, and whether it is new; or why there is none."""

    ticket: Ticket | None = None
    is_new: bool = False
    refusal: Refused | None = None


def open_tickets(*, actor: Actor, matters: Sequence[Matter], at: datetime) -> list[Outcome]:
    """Write down many matters in one transaction and as many statements as for one; outcomes in the order given.

    Each matter is judged by itself, as `open_ticket` would: one that cannot be written down does not touch the others.
    """
    require(actor, "ticket.open")
    drafts = [_drafted(matter, actor, at) for matter in matters]
    try:
        with transaction.atomic():
            return _write_down(matters, drafts, actor=actor, at=at)
    except IntegrityError:  # one of them came in by another way meanwhile
        return [_alone(matter, actor=actor, at=at) for matter in matters]


def _drafted(matter: Matter, actor: Actor, at: datetime) -> Ticket | Refused:
    try:
        ticket = draft(matter, at=at)
        if matter.fields is not None:
            type_id = matter.type.pk if matter.type else None
            ticket.fields = filled(actor=actor, type_id=type_id, values=matter.fields, at=at)
        return ticket
    except Refused as refusal:
        return refusal


def _write_down(
    matters: Sequence[Matter], drafts: Sequence[Ticket | Refused], *, actor: Actor, at: datetime
) -> list[Outcome]:
    standing = _standing(matters)
    outcomes: list[Outcome] = []
    fresh: list[tuple[Ticket, str]] = []
    for matter, drafted in zip(matters, drafts, strict=True):
        if isinstance(drafted, Refused):
            outcomes.append(Outcome(refusal=drafted))
        elif known := standing.get(matter.external_id):
            outcomes.append(Outcome(known))
        else:
            outcomes.append(Outcome(drafted, is_new=True))
            fresh.append((drafted, matter.body))
            if matter.external_id:
                standing[matter.external_id] = drafted
    _save(fresh, actor=actor, at=at)
    return outcomes


def _standing(matters: Sequence[Matter]) -> dict[str, Ticket]:
    """Tickets that stand already, by external id."""
    ids = {matter.external_id for matter in matters} - {""}
    found = Ticket.objects.select_related("customer", "topic", "owner").filter(external_id__in=ids)
    return {ticket.external_id: ticket for ticket in found} if ids else {}


def _save(fresh: Sequence[tuple[Ticket, str]], *, actor: Actor, at: datetime) -> None:
    tickets = [ticket for ticket, _body in fresh]
    if not tickets:
        return
    owners = _last_owners(tickets)
    for ticket in tickets:
        ticket.preferred_id = owners.get(ticket.customer_id)
    policies = clocks.begin(tickets)
    insert_new(tickets)
    clocks.write(clocks.choose(tickets, policies, at=at))
    said = [
        {"ticket_id": ticket.pk, "contact_id": ticket.customer_id, "body": body} for ticket, body in fresh
    ]
    insert(Message, said, at=at)
    index_tickets([(ticket, [body]) for ticket, body in fresh])
    facts: list[tuple[Fact, Actor]] = [(_fact(ticket), actor) for ticket in tickets]
    record_all(facts, at=at)


def _fact(ticket: Ticket) -> Fact:
    return TicketOpened(ticket=ticket.pk, customer=ticket.customer_id, channel=ticket.channel)


def _last_owners(tickets: Sequence[Ticket]) -> dict[int, int | None]:
    """Who had each customer's newest ticket that had an owner, by customer."""
    owned = Ticket.objects.filter(customer=OuterRef("pk"), owner__isnull=False, owner__active=True)
    customers = Contact.objects.filter(pk__in={ticket.customer_id for ticket in tickets})
    return dict(customers.values_list("pk", Subquery(owned.order_by("-opened_at").values("owner_id")[:1])))


def _alone(matter: Matter, *, actor: Actor, at: datetime) -> Outcome:
    try:
        ticket = open_ticket(
            actor=actor,
            customer=matter.customer,
            subject=matter.subject,
            body=matter.body,
            channel=matter.channel,
            language=matter.language,
            topic=matter.topic,
            difficulty=matter.difficulty,
            priority=matter.priority,
            external_id=matter.external_id,
            type=matter.type,
            fields=matter.fields,
            at=at,
        )
    except Refused as refusal:
        return Outcome(refusal=refusal)
    return Outcome(ticket, is_new=ticket.opened_at == at)
