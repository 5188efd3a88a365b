"""Verbs on a ticket's life: opening, grading, waiting for the customer, resolving, reopening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fengong.customers.models import Contact
from fengong.desk.actions import clocks, ownership
from fengong.desk.actions.closing import check_complete, checked_reason
from fengong.desk.actions.drafting import Matter, checked_priority, draft, set_grade
from fengong.desk.actions.fields import filled
from fengong.desk.actions.grading import graded
from fengong.desk.actions.indexing import index_ticket
from fengong.desk.actions.locking import changed, locked
from fengong.desk.events import (
    TicketOpened,
    TicketPended,
    TicketReopened,
    TicketResolved,
)
from fengong.desk.models import Message, Ticket, TicketType
from fengong.desk.policies import require_resolving, require_settling
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.prepared import Prepared
from fengong.kernel.rows import insert_new
from fengong.kernel.spine import record
from fengong.people.models import Topic
from fengong.people.policies import require

PENDING_FOR = (Ticket.Reason.CUSTOMER, Ticket.Reason.THIRD_PARTY)
RESOLVED_FOR = (Ticket.Reason.SOLVED, Ticket.Reason.NO_ANSWER, Ticket.Reason.NOT_OURS, Ticket.Reason.SPAM)


def open_ticket(
    *,
    actor: Actor,
    customer: Contact,
    subject: str,
    body: str,
    at: datetime,
    channel: str = Ticket.Channel.WEB,
    language: str = "",
    topic: Topic | None = None,
    difficulty: int | None = None,
    priority: int = Ticket.Priority.NORMAL,
    external_id: str = "",
    type: TicketType | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Ticket:
    """Write down a customer's matter; it waits for an owner at once.

    With a topic it counts as graded; without one, triage grades it before it is dispatched. The same `external_id`
    again returns the ticket that stands already. `fields` are what a form asked for, by slug: where it is given,
    none may be missing that a new ticket needs; mail and chat ask for nothing and leave it out.
    """
    require(actor, "ticket.open")
    matter = Matter(
        customer, subject, body, channel, language, topic, difficulty, priority, external_id, type, fields
    )
    ticket = draft(matter, at=at)
    if fields is not None:
        type_id = type.pk if type else None
        ticket.fields = filled(actor=actor, type_id=type_id, values=fields, at=at)
    if external_id and (known := Ticket.objects.filter(external_id=external_id).first()):
        return known
    try:
        return _write_down(ticket, body, actor=actor)
    except IntegrityError:
        if external_id and (known := Ticket.objects.filter(external_id=external_id).first()):
            return known
        raise


def grade_ticket(
    *,
    actor: Actor,
    ticket: Ticket,
    topic: Topic,
    difficulty: int,
    at: datetime,
    priority: int | None = None,
    confidence: float | None = None,
    seen: int | None = None,
) -> Ticket:
    """State what a waiting ticket is about and how hard it is; its effort, tier and promises follow.

    With `seen`, Conflict when the ticket has changed since that version.
    """
    require(actor, "ticket.work")
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        if row.status != Ticket.Status.WAITING:
            raise Conflict(
                _("Only a ticket that waits for an owner can be graded; escalate or transfer it instead.")
            )
        set_grade(row, topic, difficulty)
        row.priority = checked_priority(priority or row.priority)
        changed(row, "topic", "difficulty", "priority", "effort", "tier", at=at)
        record(graded(row, confidence), actor=actor, at=at)
    return row


def pend_ticket(
    *,
    actor: Actor,
    ticket: Ticket,
    at: datetime,
    reason: str = Ticket.Reason.CUSTOMER,
    seen: int | None = None,
) -> Ticket:
    """Wait for the customer, or for somebody else; the owner keeps a part of the effort until they answer."""
    checked_reason(reason, PENDING_FOR)
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_settling(actor, row)
        rests = row.status == Ticket.Status.PENDING and row.reason != reason
        if not (row.status == Ticket.Status.OPEN or rests) or row.owner_id is None:
            raise Conflict(_("Only an open ticket can wait for its customer."))
        ownership.hold_less(ticket=row, reason=reason, at=at)
        record(TicketPended(ticket=row.pk, member=row.owner_id, reason=reason), actor=actor, at=at)
    return row


def resolve_ticket(
    *,
    actor: Actor,
    ticket: Ticket,
    at: datetime,
    reason: str = Ticket.Reason.SOLVED,
    force: str = "",
    seen: int | None = None,
) -> Ticket:
    """Close the matter; the owner's capacity is free again.

    Conflict where fields are missing that this ticket needs by then, or where child tickets have to be resolved
    first; `force` says why it is resolved before them all the same.
    """
    checked_reason(reason, RESOLVED_FOR)
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_resolving(actor, row)
        if row.status == Ticket.Status.RESOLVED:
            return row
        check_complete(actor=actor, ticket=row, force=force, at=at)
        ownership.let_go(ticket=row, at=at)
        row.status, row.resolved_at = Ticket.Status.RESOLVED, at
        row.reason, row.snoozed_until = reason, None
        changed(row, "held", "status", "resolved_at", *ownership.RESTING, at=at)
        fact = TicketResolved(
            ticket=row.pk, member=row.owner_id, customer=row.customer_id, reason=reason, forced=force.strip()
        )
        record(fact, actor=actor, at=at)
    return row


def reopen_ticket(*, actor: Actor, ticket: Ticket, at: datetime, seen: int | None = None) -> Ticket:
    """Take a resolved matter up again: by its owner where there is room, else through the queue."""
    require(actor, "ticket.work")
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        if row.status != Ticket.Status.RESOLVED:
            raise Conflict(_("Only a resolved ticket can be reopened."))
        if row.merged_into_id is not None:
            raise Conflict(
                _("It goes on in ticket #%(ticket)s; take the merge back first.")
                % {"ticket": row.merged_into_id},
                code="merged",
            )
        reopen_locked(actor=actor, ticket=row, at=at)
    return row


def reopen_locked(*, actor: Actor, ticket: Ticket, at: datetime) -> Ticket:
    """The step of reopening inside another verb's transaction."""
    clocks.take_up(ticket, at=at)
    try:
        if ticket.owner is None:
            raise Conflict(_("The ticket has no owner."))
        ownership.give_to(ticket=ticket, member=ticket.owner, at=at)
    except Conflict:
        ticket.preferred_id = ticket.owner_id or ticket.preferred_id
        ownership.put_back(ticket=ticket, at=at)
    record(TicketReopened(ticket=ticket.pk, member=ticket.owner_id), actor=actor, at=at)
    return ticket


def _write_down(ticket: Ticket, body: str, *, actor: Actor) -> Ticket:
    customer, at = ticket.customer, ticket.opened_at
    with transaction.atomic():
        ticket.preferred_id = _last_owner(customer)
        message = Message(contact=customer, body=body, at=at)
        save_new(actor=actor, ticket=ticket, messages=[message], at=at)
    return ticket


def save_new(*, actor: Actor, ticket: Ticket, messages: Sequence[Message], at: datetime) -> Ticket:
    """The step of writing down a drafted ticket with what it begins with, inside another verb's transaction."""
    policies = clocks.begin([ticket])
    insert_new([ticket])
    for message in messages:
        message.ticket = ticket
        if message.pk:
            message.save(update_fields=["ticket"])
    insert_new([message for message in messages if not message.pk])
    index_ticket(ticket, *(message.body for message in messages))
    fact = TicketOpened(ticket=ticket.pk, customer=ticket.customer_id, channel=ticket.channel)
    record(fact, actor=actor, at=at)
    for other in clocks.choose([ticket], policies, at=at):
        other.save(update_fields=clocks.CLOCKED)
    return ticket


def _owners(customer: int) -> QuerySet[Ticket, Any]:
    owned = Ticket.objects.filter(customer_id=customer, owner__isnull=False, owner__active=True)
    return owned.order_by("-opened_at").values_list("owner_id")[:1]


_LAST_OWNER = Prepared(_owners, "customer")


def _last_owner(customer: Contact) -> int | None:
    found = _LAST_OWNER.rows(customer=customer.pk)
    return found[0][0] if found else None
