"""Verbs that tell colleagues or other programs about a ticket."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.automation.events import MemberNotified, WebhookAsked
from fengong.desk.actions.messages import add_note
from fengong.desk.actions.unattended import note_unattended
from fengong.desk.models import Mention, Message, Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import Fact, record, record_all
from fengong.people.models import Member
from fengong.people.policies import require


def notify_members(
    *, actor: Actor, ticket: Ticket, members: Iterable[Member], text: str, at: datetime
) -> int:
    """Tell members about a ticket by a note that mentions them; returns how many. Conflict when there is nobody."""
    require(actor, "ticket.work")
    told = {member.pk: member for member in members if member.active and member.may("ticket.read")}
    if not told:
        raise Conflict(_("There is nobody to tell."))
    facts: list[tuple[Fact, Actor]] = [
        (MemberNotified(ticket=ticket.pk, member=pk, text=text), actor) for pk in told
    ]
    with transaction.atomic():
        note = _note(actor, ticket, text, at)
        mentioned = [
            Mention(message=note, ticket_id=note.ticket_id, member=member, at=at) for member in told.values()
        ]
        Mention.objects.bulk_create(mentioned, ignore_conflicts=True)
        record_all(facts, at=at)
    return len(facts)


def _note(actor: Actor, ticket: Ticket, text: str, at: datetime) -> Message:
    if isinstance(actor, Member):
        return add_note(actor=actor, ticket=ticket, member=actor, body=text, at=at)
    return note_unattended(actor=actor, ticket=ticket, body=text, at=at)


def ask_webhook(*, actor: Actor, ticket: Ticket, endpoint: str, at: datetime) -> None:
    """Have an endpoint told of this ticket now."""
    require(actor, "ticket.work")
    with transaction.atomic():
        record(WebhookAsked(ticket=ticket.pk, endpoint=endpoint), actor=actor, at=at)
