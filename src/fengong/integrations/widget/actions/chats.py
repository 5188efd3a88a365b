"""What a visitor says, carried to the desk through the verbs that every channel uses."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk import queries as desk
from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.models import Message, Ticket
from fengong.integrations.widget.actions.visitors import contact_of
from fengong.integrations.widget.models import Visitor
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.people.policies import require

LONGEST_SUBJECT = 80
CLOSED_AFTER = timedelta(days=1)
"""How long after it was resolved a talk goes on where it stopped; later words begin a new one."""


def say(
    *, actor: Actor, visitor: Visitor, body: str, mark: str, at: datetime, language: str = "zh-hans"
) -> Message:
    """Take in what a visitor wrote; their first words open a ticket. The same `mark` again changes nothing."""
    require(actor, "ticket.open")
    if not body.strip():
        raise Invalid(_("The message is empty."), field="body")
    with transaction.atomic():
        Visitor.objects.select_for_update(no_key=True).get(pk=visitor.pk)
        row = Visitor.objects.select_related("contact", "ticket__customer").get(pk=visitor.pk)
        external_id = f"widget:{row.pk}:{mark}" if mark else ""
        if known := _known(external_id):
            return known
        contact = contact_of(actor=actor, visitor=row, language=language, at=at)
        if row.ticket and not _is_over(row.ticket, at):
            return receive_message(
                actor=row.ticket.customer,
                ticket=row.ticket,
                contact=row.ticket.customer,
                body=body,
                external_id=external_id,
                at=at,
            )
        row.ticket = open_ticket(
            actor=contact,
            customer=contact,
            subject=_subject(body),
            body=body,
            channel=Ticket.Channel.CHAT,
            language=language,
            external_id=external_id,
            at=at,
        )
        row.save(update_fields=["ticket"])
        return row.ticket.messages.earliest("id")


def _known(external_id: str) -> Message | None:
    """What this mark has made already, be it a ticket's first message or a later one."""
    if not external_id:
        return None
    ticket = desk.ticket_by_external_id(external_id)
    return ticket.messages.earliest("id") if ticket else desk.message_by_external_id(external_id)


def _is_over(ticket: Ticket, at: datetime) -> bool:
    closed = ticket.status == Ticket.Status.RESOLVED and ticket.resolved_at is not None
    return bool(closed and ticket.resolved_at and ticket.resolved_at < at - CLOSED_AFTER)


def _subject(body: str) -> str:
    line = next((line.strip() for line in body.splitlines() if line.strip()), "")
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"
