"""The verb that makes a ticket of its own out of a part of another's conversation."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.drafting import Matter, draft
from fengong.desk.actions.locking import changed, locked
from fengong.desk.actions.tickets import save_new
from fengong.desk.facts import TicketLinked, TicketSplit
from fengong.desk.models import Attachment, Link, Message, Ticket
from fengong.desk.policies import require_merging
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record


def split_ticket(
    *,
    actor: Actor,
    ticket: Ticket,
    messages: Collection[int],
    subject: str,
    at: datetime,
    seen: int | None = None,
) -> Ticket:
    """Make a new ticket of the same customer out of some messages; they move there with their files.

    The new ticket waits for an owner, first of all for the present one, and is linked with the old. At least one
    message stays, and one that moves is open to the customer: a matter begins with something said.
    """
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_merging(actor, row)
        if row.merged_into_id is not None:
            raise Conflict(_("This ticket goes on in another; split that one."), code="merged")
        chosen = _chosen(row, messages)
        fresh = _drafted(row, subject, chosen[0], at)
        fresh.preferred_id = row.owner_id or row.preferred_id
        save_new(actor=actor, ticket=fresh, messages=chosen, at=at)
        ids = [message.pk for message in chosen]
        Attachment.objects.filter(message__in=ids).update(ticket=fresh)
        Link.objects.create(source=fresh, target=row, kind=Link.Kind.RELATES, by=actor.ref, at=at)
        changed(row, at=at)
        record(TicketSplit(ticket=row.pk, other=fresh.pk, messages=len(ids)), actor=actor, at=at)
        linked = TicketLinked(ticket=fresh.pk, other=row.pk, kind=str(Link.Kind.RELATES))
        record(linked, actor=actor, at=at)
    return fresh


def _chosen(row: Ticket, messages: Collection[int]) -> list[Message]:
    every = list(Message.objects.filter(ticket=row).order_by("at", "id"))
    chosen = [message for message in every if message.pk in set(messages)]
    if not chosen or len(chosen) < len(set(messages)):
        raise Invalid(_("Choose messages of this ticket."), field="messages")
    if len(chosen) == len(every):
        raise Invalid(_("At least one message stays with this ticket."), field="messages")
    if not any(message.kind == Message.Kind.PUBLIC for message in chosen):
        raise Invalid(_("Choose a message that is open to the customer, too."), field="messages")
    return chosen


def _drafted(row: Ticket, subject: str, first: Message, at: datetime) -> Ticket:
    matter = Matter(
        customer=row.customer,
        subject=subject,
        body=first.body,
        channel=row.channel,
        language=row.language,
        topic=row.topic,
        difficulty=row.difficulty,
        priority=row.priority,
    )
    return draft(matter, at=at)
