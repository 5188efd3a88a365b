"""Verbs on a ticket's life: opening, grading, waiting for the customer, resolving, reopening."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.customers.models import Contact
from fengong.desk.actions import ownership
from fengong.desk.actions.locking import changed, locked
from fengong.desk.events import (
    TicketGraded,
    TicketOpened,
    TicketPended,
    TicketReopened,
    TicketResolved,
)
from fengong.desk.models import Message, ServiceLevel, Ticket
from fengong.desk.policies import require_settling
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.models import Topic
from fengong.people.policies import require


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
) -> Ticket:
    """Write down a customer's matter; it waits for an owner at once.

    With a topic it counts as graded; without one, triage grades it before it is dispatched. The same `external_id`
    again returns the ticket that stands already.
    """
    require(actor, "ticket.open")
    _check_text(subject, body)
    if external_id and (known := Ticket.objects.filter(external_id=external_id).first()):
        return known
    ticket = Ticket(
        subject=subject.strip()[:240],
        customer=customer,
        channel=channel,
        language=language or customer.language,
        priority=priority,
        external_id=external_id,
        opened_at=at,
        waiting_since=at,
    )
    if topic:
        _set_grade(ticket, topic, difficulty or Ticket.Difficulty.COMMON)
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
) -> Ticket:
    """State what a ticket is about and how hard it is; its effort, tier and promises follow."""
    require(actor, "ticket.work")
    with transaction.atomic():
        row = locked(ticket)
        if row.is_owned:
            raise Conflict(_("The ticket already has an owner; escalate or transfer it instead."))
        _set_grade(row, topic, difficulty)
        row.priority = priority or row.priority
        _promise(row)
        changed(
            row, "topic", "difficulty", "priority", "effort", "tier", "first_response_due", "resolution_due"
        )
        fact = TicketGraded(
            ticket=row.pk,
            topic=topic.pk,
            difficulty=row.difficulty,
            priority=row.priority,
            effort=row.effort,
            confidence=confidence,
        )
        record(fact, actor=actor, at=at)
    return row


def pend_ticket(*, actor: Actor, ticket: Ticket, at: datetime) -> Ticket:
    """Wait for the customer; the owner keeps a part of the effort until they answer."""
    with transaction.atomic():
        row = locked(ticket)
        require_settling(actor, row)
        if row.status != Ticket.Status.OPEN or row.owner_id is None:
            raise Conflict(_("Only an open ticket can wait for its customer."))
        ownership.hold_less(ticket=row)
        record(TicketPended(ticket=row.pk, member=row.owner_id), actor=actor, at=at)
    return row


def resolve_ticket(*, actor: Actor, ticket: Ticket, at: datetime, seen: int | None = None) -> Ticket:
    """Close the matter; the owner's capacity is free again."""
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_settling(actor, row)
        if row.status == Ticket.Status.RESOLVED:
            return row
        ownership.let_go(ticket=row, at=at)
        row.status, row.resolved_at = Ticket.Status.RESOLVED, at
        changed(row, "held", "status", "resolved_at")
        fact = TicketResolved(ticket=row.pk, member=row.owner_id, customer=row.customer_id)
        record(fact, actor=actor, at=at)
    return row


def reopen_ticket(*, actor: Actor, ticket: Ticket, at: datetime) -> Ticket:
    """Take a resolved matter up again: by its owner where there is room, else through the queue."""
    require(actor, "ticket.work")
    with transaction.atomic():
        row = locked(ticket)
        if row.status != Ticket.Status.RESOLVED:
            raise Conflict(_("Only a resolved ticket can be reopened."))
        reopen_locked(actor=actor, ticket=row, at=at)
    return row


def reopen_locked(*, actor: Actor, ticket: Ticket, at: datetime) -> Ticket:
    """The step of reopening inside another verb's transaction."""
    try:
        if ticket.owner is None:
            raise Conflict(_("The ticket has no owner."))
        ownership.give_to(ticket=ticket, member=ticket.owner, at=at)
    except Conflict:
        ticket.preferred_id = ticket.owner_id
        ownership.put_back(ticket=ticket, at=at)
    record(TicketReopened(ticket=ticket.pk, member=ticket.owner_id), actor=actor, at=at)
    return ticket


def _check_text(subject: str, body: str) -> None:
    if not subject.strip():
        raise Invalid(_("A ticket needs a subject."), field="subject")
    if not body.strip():
        raise Invalid(_("A ticket needs a first message."), field="body")


def _write_down(ticket: Ticket, body: str, *, actor: Actor) -> Ticket:
    customer, at = ticket.customer, ticket.opened_at
    with transaction.atomic():
        ticket.preferred_id = _last_owner(customer)
        _promise(ticket)
        ticket.save(force_insert=True)
        Message.objects.create(ticket=ticket, contact=customer, body=body, at=at)
        fact = TicketOpened(ticket=ticket.pk, customer=customer.pk, channel=ticket.channel)
        record(fact, actor=actor, at=at)
    return ticket


def _last_owner(customer: Contact) -> int | None:
    newest = Ticket.objects.filter(customer=customer, owner__active=True).order_by("-opened_at")
    return newest.values_list("owner_id", flat=True).first()


def _set_grade(ticket: Ticket, topic: Topic, difficulty: int) -> None:
    if difficulty not in Ticket.Difficulty.values:
        raise Invalid(_("Difficulty is 1, 2 or 3."), field="difficulty")
    ticket.topic, ticket.difficulty, ticket.tier = topic, difficulty, difficulty
    ticket.effort = topic.effort(difficulty)


def _promise(ticket: Ticket) -> None:
    level = ServiceLevel.objects.filter(priority=ticket.priority).first()
    if level is None:
        return
    ticket.first_response_due = ticket.opened_at + timedelta(minutes=level.first_response_minutes)
    ticket.resolution_due = ticket.opened_at + timedelta(minutes=level.resolution_minutes)
    ticket.next_due_at = ticket.deadline()
