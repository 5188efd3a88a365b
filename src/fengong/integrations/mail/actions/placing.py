"""Where a mail belongs: whose it is, and which ticket it goes on with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.customers.models import Contact
from fengong.desk.models import SideConversation, Ticket
from fengong.desk.reading.sides import side_by_token
from fengong.integrations.mail import addresses, queries
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.models import Mailbox
from fengong.integrations.mail.policies import takes_part
from fengong.integrations.mail.reading.headers import Address
from fengong.integrations.mail.reading.letter import Letter
from fengong.kernel.errors import Invalid

NOBODY = re.compile(r"^(no-?reply|do-?not-?reply|noreply.*|postmaster|mailer-daemon)@", re.I)
CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Place:
    """The ticket a mail goes on with, how we know (`token`, `ids`, `subject`), and whether its writer takes part."""

    ticket: Ticket
    proof: str
    taking_part: bool


def writer_of(letter: Letter, ours: set[str]) -> Address | None:
    """Who wrote: the sender, or whom a form or machine that sends for them names for answers."""
    sender = letter.sender
    if (
        sender
        and letter.reply_to
        and (NOBODY.match(sender.email) or addresses.untagged(sender.email) in ours)
    ):
        answer = letter.reply_to[0]
        if addresses.untagged(answer.email) not in ours and not NOBODY.match(answer.email):
            return Address(answer.name or sender.name, answer.email)
    return sender


def contact_of(writer: Address, letter: Letter, mailbox: Mailbox, at: datetime) -> Contact | None:
    """The writer's record, made when new; None for an address that no mail could go to."""
    try:
        return find_or_add_contact(
            actor=MAIL,
            email=writer.email,
            display_name=writer.name,
            language=_language(f"{letter.subject} {letter.text[:2000]}", mailbox),
            at=at,
        )
    except Invalid:
        return None


def place_of(letter: Letter, contact: Contact | None, mailbox: Mailbox) -> Place | None:
    """The ticket that a mail goes on with: by token, by the ids it answers, by number and writer."""
    tag = addresses.tag_in([each.email for each in letter.recipients], addresses.TICKET)
    if tag and (found := Ticket.objects.filter(pk=tag).first()):
        return _place(found, "token", contact)
    ids = [*letter.references, *letter.in_reply_to]
    if ids and (known := queries.ticket_of_ids(ids, queries.hosts_of(mailbox))):
        return _place(known, "ids", contact)
    number = addresses.ticket_in_subject(letter.subject)
    if number and (named := Ticket.objects.filter(pk=number).first()) and takes_part(contact, named):
        return _place(named, "subject", contact)
    return None


def side_of(letter: Letter, mailbox: Mailbox) -> SideConversation | None:
    """The side conversation that a mail goes on with: by token, or by the ids it answers."""
    token = addresses.side_token_in([each.email for each in letter.recipients])
    if token:
        return side_by_token(token)
    ids = [*letter.references, *letter.in_reply_to]
    return queries.side_of_ids(ids, queries.hosts_of(mailbox)) if ids else None


def _place(ticket: Ticket, proof: str, contact: Contact | None) -> Place:
    standing = queries.standing(ticket)
    return Place(standing, proof, takes_part(contact, standing) or takes_part(contact, ticket))


def _language(text: str, mailbox: Mailbox) -> str:
    """What somebody new seems to write in; the mailbox's language where a few words do not tell."""
    if CHINESE.search(text):
        return "zh-hans"
    return "en" if len(re.findall(r"[A-Za-z]{2,}", text)) >= 5 else mailbox.language
