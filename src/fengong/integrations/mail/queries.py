"""Named reads of mailboxes, mail and deliveries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from fengong.desk.models import Message, SideConversation, Ticket
from fengong.desk.reading.sides import side_of_message
from fengong.integrations.mail import addresses, vault
from fengong.integrations.mail.models import BouncingAddress, Delivery, Mailbox, Participant, RawMail

TOKEN_LENGTH = 24
SIDE_ID = "side"
"""How the id of a mail in a side conversation calls what it is."""
LOOK_BACK = timedelta(days=5)
PRIORITIES = Ticket.Priority.choices
IN_STATES = dict(RawMail.State.choices)
OUT_STATES = dict(Delivery.State.choices)


def mailboxes() -> QuerySet[Mailbox]:
    """All mailboxes, by name."""
    return Mailbox.objects.select_related("topic")


def mailboxes_with_counts() -> QuerySet[Mailbox]:
    """All mailboxes, each with how many mails it took and could not read."""
    unread = Count("mails", filter=Q(mails__state=RawMail.State.UNREADABLE))
    return mailboxes().annotate(mail_count=Count("mails"), unread_count=unread)


def mailbox(pk: int) -> Mailbox | None:
    """One mailbox."""
    return mailboxes().filter(pk=pk).first()


def is_unused(of: Mailbox) -> bool:
    """Whether no mail ever came to it or was planned from it."""
    return not (of.mails.exists() or of.deliveries.exists())


def intake_token(of: Mailbox) -> str:
    """The secret by which a mail server hands in mail; made anew by changing the mailbox's salt."""
    return f"{of.pk}-{vault.mark('intake', f'{of.pk} {of.token_salt}', TOKEN_LENGTH)}"


def mailbox_by_token(token: str) -> Mailbox | None:
    """The mailbox whose token this is."""
    pk, _dash, given = token.partition("-")
    found = mailbox(int(pk)) if pk.isdecimal() and len(pk) < 18 else None
    if found and vault.is_mark(given, "intake", f"{found.pk} {found.token_salt}", TOKEN_LENGTH):
        return found
    return None


def to_fetch(at: datetime) -> QuerySet[Mailbox]:
    """Mailboxes whose turn it is."""
    due = Q(next_fetch_at__isnull=True) | Q(next_fetch_at__lte=at)
    return Mailbox.objects.filter(due, active=True).exclude(imap_host="").order_by("next_fetch_at", "id")


def own_addresses() -> set[str]:
    """Every address of ours."""
    return {address.lower() for address in Mailbox.objects.values_list("address", flat=True)}


def to_take(at: datetime) -> QuerySet[RawMail]:
    """Mails of which nothing has been made yet, in the order they came."""
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=at)
    return RawMail.objects.filter(due, state=RawMail.State.NEW).order_by("received_at", "id")


def mail_log(*, state: str = "", mailbox_id: int | None = None) -> QuerySet[RawMail]:
    """What came in, newest first."""
    found = RawMail.objects.select_related("mailbox", "ticket").order_by("-received_at", "-id")
    if state:
        found = found.filter(state=state)
    return found.filter(mailbox_id=mailbox_id) if mailbox_id else found


def unread() -> QuerySet[RawMail]:
    """Mails that could not be read."""
    return mail_log(state=RawMail.State.UNREADABLE)


def mail(pk: int) -> RawMail | None:
    """One mail as it came in."""
    return RawMail.objects.select_related("mailbox", "ticket").filter(pk=pk).first()


def ticket_of_ids(ids: list[str], hosts: set[str]) -> Ticket | None:
    """The ticket to which a mail with one of these ids belongs, ours or theirs."""
    named = addresses.named_by_ids(ids, hosts)
    if named and named[1] == SIDE_ID:
        return None
    if named and (found := Ticket.objects.filter(pk=named[0]).first()):
        return found
    known = RawMail.objects.filter(mail_id__in=ids[-50:], ticket__isnull=False).exclude(mail_id="")
    newest = known.select_related("ticket").order_by("-id").first()
    return newest.ticket if newest else None


def side_of_ids(ids: list[str], hosts: set[str]) -> SideConversation | None:
    """The side conversation that a mail with one of these ids goes on with."""
    named = addresses.named_by_ids(ids, hosts)
    if not named or named[1] != SIDE_ID:
        return None
    message = Message.objects.filter(pk=named[2], ticket_id=named[0]).first()
    return side_of_message(message) if message else None


def hosts_of(mailbox: Mailbox) -> set[str]:
    """The hosts under which ids of ours were made."""
    return {address.rpartition("@")[2] for address in own_addresses()} | {mailbox.host.lower()}


def standing(ticket: Ticket) -> Ticket:
    """The ticket, or the one it was merged into in the end."""
    for _ in range(20):
        if ticket.merged_into is None:
            break
        ticket = ticket.merged_into
    return ticket


def participants(ticket: Ticket) -> QuerySet[Participant]:
    """Who follows a ticket by mail, besides the customer."""
    return Participant.objects.filter(ticket=ticket).select_related("contact").order_by("id")


def mailbox_for(ticket: Ticket) -> Mailbox | None:
    """The mailbox that answers for a ticket: the one it came to, else the first that can send."""
    sends = Mailbox.objects.exclude(smtp_host="")
    came_to = RawMail.objects.filter(ticket=ticket).order_by("id").values_list("mailbox_id", flat=True)
    first = came_to.first()
    return (sends.filter(pk=first).first() if first else None) or sends.filter(active=True).order_by(
        "id"
    ).first()


def first_that_sends() -> Mailbox | None:
    """The mailbox from which goes what belongs to no ticket."""
    return Mailbox.objects.exclude(smtp_host="").filter(active=True).order_by("id").first()


def mails_of(ticket: Ticket) -> QuerySet[RawMail]:
    """The mails that came in for a ticket, oldest first."""
    return RawMail.objects.filter(ticket=ticket, state=RawMail.State.TAKEN).order_by("received_at", "id")


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the mail that a message left as."""

    state: str
    said: str

    @property
    def label(self) -> str:
        return str(OUT_STATES[self.state])


def with_deliveries(messages: QuerySet[Message]) -> QuerySet[Message]:
    """The messages, each knowing what became of its mail; it costs no statement of its own."""
    mailed = Delivery.objects.filter(message=OuterRef("pk")).order_by("id")
    told = JSONObject(state="state", bounce="bounce_text", error="last_error")
    return messages.annotate(mailed=Subquery(mailed.values(told=told)[:1]))


def delivered(message: Any) -> Delivered | None:
    """What became of the mail of a message that was read `with_deliveries`; None for one that was not mailed."""
    told = getattr(message, "mailed", None)
    return Delivered(told["state"], told["bounce"] or told["error"]) if told else None


def delivery_by_id(smtp_id: str) -> Delivery | None:
    """The mail that went out under this id."""
    return Delivery.objects.select_related("ticket", "mailbox").filter(smtp_id=smtp_id).first()


def latest_delivery_to(address: str, at: datetime) -> Delivery | None:
    """The newest mail to an address in the last days."""
    lately = Delivery.objects.filter(sent_at__gt=at - LOOK_BACK).select_related("ticket", "mailbox")
    for delivery in lately.order_by("-sent_at", "-id")[:500]:
        if address in (*delivery.to, *delivery.cc):
            return delivery
    return None


def deliveries(state: str = "") -> QuerySet[Delivery]:
    """What went out, newest first."""
    found = Delivery.objects.select_related("mailbox", "ticket").order_by("-planned_at", "-id")
    return found.filter(state=state) if state else found


def delivery(pk: int) -> Delivery | None:
    """One mail out."""
    return Delivery.objects.select_related("mailbox", "ticket").filter(pk=pk).first()


def due_deliveries(at: datetime) -> QuerySet[Delivery]:
    """Mails whose time has come, from mailboxes that may send."""
    waiting = (Delivery.State.WAITING, Delivery.State.DELAYED)
    found = Delivery.objects.filter(state__in=waiting, next_try_at__lte=at, mailbox__active=True)
    return found.select_related("mailbox").order_by("next_try_at", "id")


def auto_replies_to(address: str, since: datetime) -> int:
    """How many automatic replies an address got since then."""
    found = Delivery.objects.filter(kind=Delivery.Kind.AUTO, planned_at__gt=since)
    return sum(address in delivered for delivered in found.values_list("to", flat=True))


def bouncing(addresses_: Iterable[str]) -> set[str]:
    """Those of the addresses that mail comes back from."""
    wanted = [address.lower() for address in addresses_ if address]
    return set(BouncingAddress.objects.filter(address__in=wanted).values_list("address", flat=True))


def last_from_customer(message: Message) -> Message | None:
    """What a reply answers: the customer's newest words before it."""
    earlier = Message.objects.filter(
        ticket_id=message.ticket_id, kind=Message.Kind.PUBLIC, member__isnull=True, at__lte=message.at
    )
    return earlier.select_related("contact").order_by("-at", "-id").first()
