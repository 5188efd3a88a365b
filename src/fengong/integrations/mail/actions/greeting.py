"""The automatic reply to a new ticket: once, to people only, and not too often to the same address."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.models import Ticket
from fengong.integrations.mail import addresses, queries
from fengong.integrations.mail.actions.conversing import Told
from fengong.integrations.mail.models import Delivery

MOST_AN_HOUR = 3


def plan_auto_reply(told: Told, ticket: Ticket) -> Delivery | None:
    """Plan the mailbox's automatic reply, if it has one and the mail may be answered by a machine."""
    mailbox, address = told.mail.mailbox, told.writer.email
    text = mailbox.in_language("auto_reply", ticket.language).strip()
    if not mailbox.auto_reply or not text or told.letter.automatic or not mailbox.smtp_host:
        return None
    if (
        queries.bouncing([address])
        or queries.auto_replies_to(address, told.at - timedelta(hours=1)) >= MOST_AN_HOUR
    ):
        return None
    return Delivery.objects.create(
        kind=Delivery.Kind.AUTO,
        mailbox=mailbox,
        ticket=ticket,
        to=[address],
        language=ticket.language,
        body=text,
        smtp_id=addresses.message_id(mailbox.host, ticket.pk, "auto", told.mail.pk),
        planned_at=told.at,
        next_try_at=told.at,
    )
