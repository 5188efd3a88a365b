"""What a delivery says, to whom, and how it hangs together with what came before."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from fengong.desk.models import Attachment, Message
from fengong.integrations.mail import addresses, queries, vault
from fengong.integrations.mail.models import Delivery, Mailbox
from fengong.integrations.mail.writing.compose import Outgoing, Picture, fitting
from fengong.kernel import store

MOST_REFERENCES = 10


def outgoing_for(delivery: Delivery, at: datetime) -> Outgoing:
    """Everything the mail is made of, its fixed words in the customer's language."""
    with translation.override(delivery.language):
        return (
            _automatic(delivery, at) if delivery.message is None else _reply(delivery, delivery.message, at)
        )


def _automatic(delivery: Delivery, at: datetime) -> Outgoing:
    ticket, mailbox = delivery.ticket, delivery.mailbox
    chain = _chain(delivery)
    return Outgoing(
        message_id=delivery.smtp_id,
        sender=(mailbox.name, mailbox.address),
        to=delivery.to,
        subject=addresses.subject_with_number(ticket.subject, ticket.pk),
        body=delivery.body,
        signature=mailbox.in_language("signature", delivery.language),
        reply_to=_reply_to(mailbox, delivery),
        answers=chain[-1] if chain else "",
        references=chain,
        automatic=True,
        at=at,
        desk_mark=vault.mark("desk", "", 16),
    )


def _reply(delivery: Delivery, message: Message, at: datetime) -> Outgoing:
    ticket, mailbox = delivery.ticket, delivery.mailbox
    chain, files = _chain(delivery), _files(message)
    answered = queries.last_from_customer(message)
    name = f"{message.member.display_name} · {mailbox.name}" if message.member else mailbox.name
    return Outgoing(
        message_id=delivery.smtp_id,
        sender=(name, mailbox.address),
        to=delivery.to,
        cc=delivery.cc,
        subject=addresses.subject_with_number(ticket.subject, ticket.pk),
        body=message.body,
        signature=mailbox.in_language("signature", delivery.language),
        said=_said(answered) if answered else "",
        quoted=answered.body if answered else "",
        left_out=_left_out(files),
        reply_to=_reply_to(mailbox, delivery),
        answers=chain[-1] if chain else "",
        references=chain,
        files=files,
        at=at,
        desk_mark=vault.mark("desk", "", 16),
    )


def _reply_to(mailbox: Mailbox, delivery: Delivery) -> str:
    """Where answers go: with a token where the mailbox takes such addresses."""
    if not mailbox.plus_addresses:
        return mailbox.address
    return addresses.tagged(mailbox.address, addresses.TICKET, delivery.ticket_id)


def _chain(delivery: Delivery) -> list[str]:
    """The ids of the mails before this one, in and out, as many as a header should hold, the one answered last."""
    came = list(queries.mails_of(delivery.ticket).exclude(mail_id="").values_list("received_at", "mail_id"))
    earlier = Delivery.objects.filter(ticket=delivery.ticket, planned_at__lte=delivery.planned_at)
    went = earlier.exclude(pk=delivery.pk).values_list("planned_at", "smtp_id")
    known = sorted([*came, *went])
    ids = [found for _at, found in known]
    newest = came[-1][1] if came else None
    if newest in ids:
        ids = [found for found in ids if found != newest] + [newest]
    return ids[-MOST_REFERENCES:]


def _said(answered: Message) -> str:
    """The line above a quotation."""
    name = answered.contact.display_name if answered.contact else answered.author_name
    local = answered.at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return _("On %(when)s %(name)s wrote:") % {"when": local.strftime("%Y-%m-%d %H:%M"), "name": name}


def _files(message: Message) -> list[Picture]:
    kept = message.attachments.filter(state=Attachment.State.CLEAN)
    return [Picture(file.name, store.read(file.sha256), file.content_type, file.path) for file in kept]


def _left_out(files: list[Picture]) -> str:
    left = [file.name for file in files if file not in fitting(files)]
    if not left:
        return ""
    return _("Too large for a mail and kept with us: %(names)s") % {"names": ", ".join(left)}
