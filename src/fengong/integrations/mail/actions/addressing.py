"""What a delivery says, to whom, and how it hangs together with what came before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from fengong.automation.deeds.wording import fill
from fengong.desk.models import Attachment, Message, SideMessage
from fengong.desk.reading.sides import side_of_message
from fengong.desk.reading.signatures import signature_for
from fengong.integrations.mail import addresses, queries, vault
from fengong.integrations.mail.models import Delivery
from fengong.integrations.mail.writing.compose import Outgoing, Picture, fitting
from fengong.kernel import store

MOST_REFERENCES = 10
SIGNED = "\n-- \n"
"""What stands between an answer and its signature where its writer has signed it."""


def outgoing_for(delivery: Delivery, at: datetime) -> Outgoing:
    """Everything the mail is made of, its fixed words in the customer's language."""
    with translation.override(delivery.language):
        common = _common(delivery, at)
        if delivery.message is None:
            return replace(common, body=delivery.body, automatic=True)
        files = _files(delivery.message)
        body, _line, signature = delivery.message.body.partition(SIGNED)
        signature = signature or _signature(delivery, delivery.message) or common.signature
        told = replace(common, body=body, signature=signature, files=files, left_out=_left_out(files))
        side = delivery.kind == Delivery.Kind.SIDE
        return (
            _in_side(told, delivery, delivery.message) if side else _reply(told, delivery, delivery.message)
        )


def _common(delivery: Delivery, at: datetime) -> Outgoing:
    ticket, mailbox = delivery.ticket, delivery.mailbox
    chain = _chain(delivery)
    tagged = addresses.tagged(mailbox.address, addresses.TICKET, ticket.pk)
    return Outgoing(
        message_id=delivery.smtp_id,
        sender=(mailbox.name, mailbox.address),
        to=delivery.to,
        cc=delivery.cc,
        subject=addresses.subject_with_number(ticket.subject, ticket.pk),
        body="",
        signature=mailbox.in_language("signature", delivery.language),
        reply_to=tagged if mailbox.plus_addresses else mailbox.address,
        answers=chain[-1] if chain else "",
        references=chain,
        at=at,
        desk_mark=vault.mark("desk", "", 16),
    )


def _reply(common: Outgoing, delivery: Delivery, message: Message) -> Outgoing:
    answered = queries.last_from_customer(message)
    return replace(
        common,
        sender=_sender(common, message),
        said=_said(answered) if answered else "",
        quoted=answered.body if answered else "",
    )


def _in_side(common: Outgoing, delivery: Delivery, message: Message) -> Outgoing:
    """A turn of a talk with outsiders: nothing in it names the ticket or its customer."""
    side = side_of_message(message)
    if side is None:
        return common
    mailbox = delivery.mailbox
    tagged = addresses.tagged_side(mailbox.address, side.token)
    return replace(
        common,
        sender=_sender(common, message),
        subject=addresses.subject_of_side(side.subject, first=not common.references),
        reply_to=tagged if mailbox.plus_addresses else mailbox.address,
    )


def _sender(common: Outgoing, message: Message) -> tuple[str, str]:
    name, address = common.sender
    return (f"{message.member.display_name} · {name}" if message.member else name, address)


def _signature(delivery: Delivery, message: Message) -> str:
    """What stands under the answers of its writer, for those that do not bear it yet."""
    found = signature_for(message.member, delivery.language) if message.member else ""
    return fill(found, ticket=delivery.ticket, member=message.member) if found else ""


def _chain(delivery: Delivery) -> list[str]:
    """The ids of the mails before this one, in and out, as many as a header should hold, the one answered last.

    A talk with outsiders and the conversation with the customer have chains of their own.
    """
    message = delivery.message
    side = side_of_message(message) if message and delivery.kind == Delivery.Kind.SIDE else None
    came = queries.mails_of(delivery.ticket).exclude(mail_id="")
    went = Delivery.objects.filter(ticket=delivery.ticket, planned_at__lte=delivery.planned_at)
    if side is not None:
        turns = SideMessage.objects.filter(conversation=side).values("message_id")
        came, went = came.filter(message__in=turns), went.filter(message__in=turns)
    else:
        came = came.exclude(message__kind=Message.Kind.SIDE)
        went = went.exclude(kind=Delivery.Kind.SIDE)
    received = list(came.values_list("received_at", "mail_id"))
    sent = went.exclude(pk=delivery.pk).values_list("planned_at", "smtp_id")
    ids = [found for _at, found in sorted([*received, *sent])]
    newest = received[-1][1] if received else None
    return [found for found in ids if found != newest][-MOST_REFERENCES:] + ([newest] if newest else [])


def _said(answered: Message) -> str:
    """The line above a quotation."""
    name = answered.contact.display_name if answered.contact else answered.author_name
    local = answered.at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return _("On %(when)s %(name)s wrote:") % {"when": local.strftime("%Y-%m-%d %H:%M"), "name": name}


def _files(message: Message) -> list[Picture]:
    kept = message.attachments.filter(state=Attachment.State.CLEAN)
    return [
        Picture(file.name, store.read(file.sha256), file.content_type, file.path, file.content_id)
        for file in kept
    ]


def _left_out(files: list[Picture]) -> str:
    left = [file.name for file in files if file not in fitting(files)]
    if not left:
        return ""
    return _("Too large for a mail and kept with us: %(names)s") % {"names": ", ".join(left)}
