"""Verbs on child tickets: parts of a matter with an owner and a clock of their own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.drafting import Matter, draft
from fengong.desk.actions.locking import changed, locked_all
from fengong.desk.actions.tickets import save_new
from fengong.desk.facts import ParentSet
from fengong.desk.models import Message, Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member, Topic
from fengong.people.policies import require


def open_child(
    *,
    actor: Actor,
    ticket: Ticket,
    member: Member,
    subject: str,
    body: str,
    at: datetime,
    topic: Topic | None = None,
    difficulty: int | None = None,
    priority: int | None = None,
) -> Ticket:
    """Give a part of a matter to somebody else: a ticket of the same customer, whom it is not shown to.

    What is to be done is an internal note. Without a topic it is graded from that note.
    """
    require(actor, "ticket.work")
    with transaction.atomic():
        parent = locked_all({ticket.pk})[ticket.pk]
        _check_parent(parent)
        topic = topic or parent.topic
        level = difficulty or parent.difficulty
        matter = Matter(
            customer=parent.customer,
            subject=subject,
            body=body,
            channel=parent.channel,
            language=parent.language,
            topic=topic,
            difficulty=level,
            priority=priority or parent.priority,
        )
        child = draft(matter, at=at)
        child.parent, child.type = parent, parent.type
        note = Message(member=member, body=body, at=at, kind=Message.Kind.NOTE)
        save_new(actor=actor, ticket=child, messages=[note], at=at)
        record(ParentSet(ticket=child.pk, parent=parent.pk, previous=None), actor=actor, at=at)
        changed(parent, at=at)
    return child


def set_parent(*, actor: Actor, ticket: Ticket, parent: Ticket | None, at: datetime) -> Ticket:
    """Make a ticket the child of another, or nobody's. Families have two generations."""
    require(actor, "ticket.work")
    with transaction.atomic():
        rows = locked_all({ticket.pk, *([parent.pk] if parent else [])})
        row, above = rows[ticket.pk], rows[parent.pk] if parent else None
        wanted = above.pk if above else None
        if row.parent_id == wanted:
            return row
        if above is not None:
            _check_parent(above)
            if above.pk == row.pk or Ticket.objects.filter(parent=row).exists():
                raise Conflict(_("A ticket that has children cannot be a child itself."), field="parent")
        previous, row.parent = row.parent_id, above
        changed(row, "parent", at=at)
        record(ParentSet(ticket=row.pk, parent=wanted, previous=previous), actor=actor, at=at)
    return row


def _check_parent(parent: Ticket) -> None:
    if parent.parent_id is not None:
        raise Conflict(_("This ticket is a child itself; children have no children."), field="parent")
    if parent.status == Ticket.Status.RESOLVED:
        raise Invalid(_("The ticket is resolved; reopen it first."), field="parent")
