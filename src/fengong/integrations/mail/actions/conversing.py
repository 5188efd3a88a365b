"""Making a message of a mail, with all it brought along."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.customers.models import Contact
from fengong.desk.actions.attachments import attach
from fengong.desk.actions.correspondence import dress, file_note
from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.sides import receive_side
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.models import Message, SideConversation, Ticket
from fengong.integrations.mail import addresses, queries
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.events import ParticipantAdded
from fengong.integrations.mail.models import Participant, RawMail
from fengong.integrations.mail.reading.headers import Address
from fengong.integrations.mail.reading.invitations import invitations
from fengong.integrations.mail.reading.letter import Letter
from fengong.kernel import markup
from fengong.kernel.errors import Invalid
from fengong.kernel.quotes import fold
from fengong.kernel.spine import record

MOST_FILES = 100
MOST_COPIED = 10
FORWARDED = re.compile(r"^\s*(fwd?|fw|转发|轉寄|轉發)\s*[:：]", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """A mail on its way into a ticket: who wrote what, when it came in."""

    mail: RawMail
    letter: Letter
    writer: Address
    contact: Contact
    at: datetime

    @property
    def external_id(self) -> str:
        return f"mail:{self.mail.key}"


def open_with(told: Told) -> Message:
    """A new ticket from a mail."""
    mailbox, letter = told.mail.mailbox, told.letter
    body, quoted = words(told, whole=bool(FORWARDED.match(letter.subject)))
    with translation.override(mailbox.language):
        subject = letter.subject.strip() or _("(no subject)")
    ticket = open_ticket(
        actor=MAIL,
        customer=told.contact,
        subject=subject,
        body=body,
        channel=Ticket.Channel.MAIL,
        language=told.contact.language,
        topic=mailbox.topic,
        priority=mailbox.priority,
        external_id=told.external_id,
        at=told.at,
    )
    message = ticket.messages.order_by("at", "id")[:1].get()
    _furnish(told, message, quoted)
    _copy_in(told, ticket)
    return message


def go_on_with(told: Told, ticket: Ticket, *, outsider: bool) -> Message:
    """The next message of a ticket. Who does not take part in it is named as an outsider."""
    body, quoted = words(told)
    message = receive_message(
        actor=MAIL,
        ticket=ticket,
        contact=told.contact,
        body=body,
        at=told.at,
        external_id=told.external_id,
    )
    _furnish(told, message, quoted, outsider=outsider)
    if not outsider:
        _copy_in(told, ticket)
    return message


def answer_side(told: Told, side: SideConversation) -> Message:
    """The next turn of a talk with an outsider, which the customer never sees."""
    body, quoted = words(told)
    message = receive_side(
        actor=MAIL,
        side=side,
        address=told.writer.email,
        name=told.writer.name,
        body=body,
        html=markup.clean(told.letter.html),
        quoted=quoted,
        external_id=told.external_id,
        at=told.at,
    )
    _attach(told, message)
    return message


def note_in(told: Told, ticket: Ticket) -> Message:
    """A quiet note: it wakes nobody and counts for nothing."""
    body, quoted = words(told)
    message = file_note(
        actor=MAIL,
        ticket=ticket,
        body=body,
        contact=told.contact,
        channel=Ticket.Channel.MAIL,
        external_id=told.external_id,
        at=told.at,
    )
    _furnish(told, message, quoted, outsider=True)
    return message


def words(told: Told, *, whole: bool = False) -> tuple[str, str]:
    """What is to be read, and what is folded away below it."""
    letter = told.letter
    body, quoted = (letter.text, "") if whole else fold(letter.text)
    with translation.override(told.mail.mailbox.language):
        lines = [body.strip(), *_invited(letter), *_remarked(letter)]
        text = "\n\n".join(line for line in lines if line)
        return text or (_("(only files)") if letter.enclosures else _("(no text)")), quoted


def _invited(letter: Letter) -> list[str]:
    """Calendar parts as lines."""
    sentences = {
        "REQUEST": _("Invitation: %(what)s, %(when)s %(where)s"),
        "CANCEL": _("Invitation cancelled: %(what)s, %(when)s %(where)s"),
        "REPLY": _("Answer to an invitation: %(what)s, %(when)s %(where)s"),
    }
    found = [each for part in letter.invitations for each in invitations(part)]
    return [
        (sentences.get(each.method, sentences["REQUEST"])
        % {"what": each.summary or "?", "when": " – ".join(filter(None, (each.starts, each.ends))), "where": each.place}
        ).strip()
        for each in found
    ]  # fmt: skip


def _remarked(letter: Letter) -> list[str]:
    """What readers must know because something is left out here."""
    if {"too large", "too many parts", "text cut"} & set(letter.remarks):
        return [_("Only a part of this mail is shown. The whole mail is kept under Settings, Mail.")]
    return []


def _furnish(told: Told, message: Message, quoted: str, *, outsider: bool = False) -> None:
    _attach(told, message)
    dress(
        actor=MAIL,
        message=message,
        html=markup.clean(told.letter.html),
        quoted=quoted,
        channel=Ticket.Channel.MAIL,
        author_name=(told.writer.name or told.contact.display_name) if outsider else "",
        author_address=told.writer.email if outsider else "",
        at=told.at,
    )


def _attach(told: Told, message: Message) -> None:
    """Keep the files; those with a content id are shown where the HTML names it."""
    for enclosure in told.letter.enclosures[:MOST_FILES]:
        attach(
            actor=MAIL,
            ticket=message.ticket,
            message=message,
            name=enclosure.name,
            content=enclosure.content,
            content_type=enclosure.content_type,
            content_id=enclosure.content_id,
            keep_refused=True,
            at=told.at,
        )


def _copy_in(told: Told, ticket: Ticket) -> None:
    """Those who were copied in follow the ticket from now on."""
    ours = queries.own_addresses()
    others = [
        each
        for each in told.letter.recipients
        if addresses.untagged(each.email) not in ours
        and each.email not in (told.writer.email, ticket.customer.email)
    ]
    if len(others) > MOST_COPIED:
        return  # a circular, not a conversation
    for each in others:
        try:
            contact = find_or_add_contact(
                actor=MAIL, email=each.email, display_name=each.name, language=ticket.language, at=told.at
            )
        except Invalid:
            continue
        _row, added = Participant.objects.get_or_create(
            ticket=ticket, contact=contact, defaults={"at": told.at}
        )
        if added:
            record(ParticipantAdded(ticket=ticket.pk, customer=contact.pk), actor=MAIL, at=told.at)
