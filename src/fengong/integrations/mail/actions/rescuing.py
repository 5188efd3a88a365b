"""What is still done for a mail that cannot be read: a ticket with it as it came, where a sender can be guessed."""

from __future__ import annotations

import logging
import re
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.actions.attachments import attach
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.models import Ticket
from fengong.integrations.mail import keep, queries
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.events import MailKeptUnread
from fengong.integrations.mail.models import RawMail
from fengong.kernel.spine import record

FROM = re.compile(
    rb"^(?:from|reply-to|return-path|sender):[^\n]*?([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})",
    re.I | re.M,
)

logger = logging.getLogger(__name__)


def rescue(mail: RawMail, at: datetime) -> Ticket | None:
    """The ticket, or None when nobody can be named or not even this can be done."""
    try:
        raw = keep.read(mail.sha256)
        found = FROM.search(raw[:65536])
        sender = found[1].decode("ascii").lower() if found else ""
        with transaction.atomic():
            ticket = (
                _opened(mail, raw, sender, at) if sender and sender not in queries.own_addresses() else None
            )
            fact = MailKeptUnread(mailbox=mail.mailbox_id, mail=mail.pk, ticket=ticket.pk if ticket else None)
            record(fact, actor=MAIL, at=at)
        return ticket
    except Exception:
        logger.exception("Mail %s is kept, but no ticket could be made of it", mail.pk)
        return None


def _opened(mail: RawMail, raw: bytes, sender: str, at: datetime) -> Ticket:
    contact = find_or_add_contact(actor=MAIL, email=sender, language=mail.mailbox.language, at=at)
    with translation.override(mail.mailbox.language):
        subject, body = (
            _("A mail that could not be read"),
            _("This mail could not be read. It is attached as it came."),
        )
    ticket = open_ticket(
        actor=MAIL,
        customer=contact,
        subject=subject,
        body=body,
        channel=Ticket.Channel.MAIL,
        topic=mail.mailbox.topic,
        priority=mail.mailbox.priority,
        external_id=f"mail:{mail.key}",
        at=at,
    )
    message = ticket.messages.order_by("at", "id").first()
    attach(
        actor=MAIL,
        ticket=ticket,
        message=message,
        name="mail.eml",
        content=raw,
        content_type="message/rfc822",
        keep_refused=True,
        at=at,
    )
    return ticket
