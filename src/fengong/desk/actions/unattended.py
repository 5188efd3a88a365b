"""Verbs by which the product itself writes on a ticket: under nobody's name, and never as a first response."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.indexing import index_message
from fengong.desk.actions.locking import changed, locked
from fengong.desk.actions.mentions import mention_named
from fengong.desk.events import TicketNoted, TicketReplied
from fengong.desk.models import Message, Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.spine import record


def answer_unattended(*, actor: Actor, ticket: Ticket, body: str, at: datetime) -> Message:
    """Tell the customer something without a person having written it; the promise of a first response stays open."""
    return _write(actor, ticket, body, at, Message.Kind.PUBLIC)


def note_unattended(*, actor: Actor, ticket: Ticket, body: str, at: datetime) -> Message:
    """Leave a note for colleagues under the product's own name."""
    return _write(actor, ticket, body, at, Message.Kind.NOTE)


def _write(actor: Actor, ticket: Ticket, body: str, at: datetime, kind: str) -> Message:
    if not actor.ref.startswith("system:"):
        raise Denied(_("You may write only under your own name."))
    if not body.strip():
        raise Invalid(_("The message is empty."), field="body")
    with transaction.atomic():
        row = locked(ticket)
        message = Message.objects.create(ticket=row, body=body, at=at, kind=kind)
        index_message(message)
        changed(row, at=at)
        if kind == Message.Kind.PUBLIC:
            fact = TicketReplied(ticket=row.pk, member=None, message=message.pk, first=False)
            record(fact, actor=actor, at=at)
        else:
            record(TicketNoted(ticket=row.pk, member=None, message=message.pk), actor=actor, at=at)
            mention_named(actor=actor, message=message, at=at)
    return message
