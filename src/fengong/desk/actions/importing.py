"""Verbs that write down what happened elsewhere: times as they were, and nobody is told.

The facts they record are their own (`ticket.imported`), so that no mail, rule, webhook or survey follows from the past.
No promise is made for it either; what is still open joins the waiting queue, or goes to its owner where there is room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from fengong.customers.models import Contact
from fengong.desk.actions import ownership
from fengong.desk.actions.drafting import set_grade
from fengong.desk.actions.indexing import index_tickets
from fengong.desk.actions.locking import changed, locked
from fengong.desk.actions.tags import tag_key, tag_name
from fengong.desk.events import TicketImported
from fengong.desk.models import Message, Tag, Tagging, Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import Fact, record, record_all
from fengong.people.models import Member, Topic
from fengong.people.policies import require

LONGEST_SUBJECT = 240
LONGEST_TAG = 40
TAG_EDGES = "#＃ \t\r\n-"
COMMAS = str.maketrans(",，、\x00", "--- ")


@dataclass(frozen=True, slots=True)
class PastMessage:
    """A message as it was written then; by a contact, a member, or somebody who is neither any more."""

    external_id: str
    body: str
    at: datetime
    html: str = ""
    kind: str = Message.Kind.PUBLIC
    contact: Contact | None = None
    member: Member | None = None
    author_name: str = ""
    author_address: str = ""


@dataclass(frozen=True, slots=True)
class PastTicket:
    """A ticket as it stood elsewhere. `external_id` must be unique over all desks it may come from."""

    external_id: str
    customer: Contact
    subject: str
    opened_at: datetime
    status: str = Ticket.Status.WAITING
    reason: str = ""
    priority: int = Ticket.Priority.NORMAL
    channel: str = Ticket.Channel.API
    language: str = ""
    owner: Member | None = None
    topic: Topic | None = None
    difficulty: int = Ticket.Difficulty.COMMON
    resolved_at: datetime | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    tags: Sequence[str] = ()
    messages: Sequence[PastMessage] = ()


def bring_in(*, actor: Actor, past: Sequence[PastTicket], source: str, at: datetime) -> list[Ticket]:
    """Write down tickets that are not here yet, in few statements, all or none; in the order given."""
    require(actor, "desk.configure")
    tickets = [_standing(one) for one in past]
    with transaction.atomic():
        Ticket.objects.bulk_create(tickets)
        _write_messages(list(zip(tickets, past, strict=True)))
        _write_tags(list(zip(tickets, past, strict=True)), actor, at)
        facts: list[tuple[Fact, Actor]] = [
            (TicketImported(ticket=t.pk, customer=t.customer_id, source=source), actor) for t in tickets
        ]
        record_all(facts, at=at)
        for ticket, one in zip(tickets, past, strict=True):
            if one.status in (Ticket.Status.OPEN, Ticket.Status.PENDING) and one.owner:
                _give_back(ticket, one, at)
    return tickets


def bring_up_to_date(
    *, actor: Actor, ticket: Ticket, past: PastTicket, source: str, untouched: bool, at: datetime
) -> Ticket:
    """Add the turns a ticket has gained elsewhere; its state too, while nobody has worked on it here."""
    require(actor, "desk.configure")
    with transaction.atomic():
        row = locked(ticket)
        known = set(row.messages.exclude(external_id="").values_list("external_id", flat=True))
        fresh = [message for message in past.messages if message.external_id not in known]
        Message.objects.bulk_create(_message(row, message) for message in fresh)
        index_tickets([(row, [message.body for message in fresh])])
        _write_tags([(row, past)], actor, at)
        if untouched:
            _follow(row, past, at)
        record(TicketImported(ticket=row.pk, customer=row.customer_id, source=source), actor=actor, at=at)
    return row


def _standing(one: PastTicket) -> Ticket:
    """The ticket as it is saved first: resolved, or waiting for an owner."""
    resolved = one.status == Ticket.Status.RESOLVED
    ticket = Ticket(
        external_id=one.external_id,
        customer=one.customer,
        subject=one.subject[:LONGEST_SUBJECT] or "–",
        status=Ticket.Status.RESOLVED if resolved else Ticket.Status.WAITING,
        reason=one.reason if resolved else "",
        priority=one.priority,
        channel=one.channel if one.channel in Ticket.Channel.values else Ticket.Channel.API,
        language=one.language or one.customer.language,
        owner=one.owner if resolved else None,
        fields=one.fields,
        opened_at=one.opened_at,
        waiting_since=one.opened_at,
        resolved_at=(one.resolved_at or _last(one)) if resolved else None,
        first_responded_at=_first_answer(one),
        last_customer_at=max((m.at for m in one.messages if m.contact), default=one.opened_at),
        last_member_at=max((m.at for m in one.messages if _is_answer(m)), default=None),
    )
    if one.topic:
        set_grade(ticket, one.topic, one.difficulty)
    return ticket


def _is_answer(message: PastMessage) -> bool:
    return message.contact is None and message.kind == Message.Kind.PUBLIC


def _first_answer(one: PastTicket) -> datetime | None:
    return min((message.at for message in one.messages if _is_answer(message)), default=None)


def _last(one: PastTicket) -> datetime:
    return max((message.at for message in one.messages), default=one.opened_at)


def _write_messages(pairs: list[tuple[Ticket, PastTicket]]) -> None:
    Message.objects.bulk_create(_message(ticket, said) for ticket, one in pairs for said in one.messages)
    index_tickets([(ticket, [said.body for said in one.messages]) for ticket, one in pairs])


def _write_tags(pairs: list[tuple[Ticket, PastTicket]], actor: Actor, at: datetime) -> None:
    """Tags by their words, made to fit; those that a ticket carries stay as they are."""
    named = [
        (ticket, [_tag_name(name) for name in one.tags if name.strip(TAG_EDGES)]) for ticket, one in pairs
    ]
    names = {tag_key(name): name for _ticket, given in named for name in given}
    Tag.objects.bulk_create((Tag(name=name, key=key) for key, name in names.items()), ignore_conflicts=True)
    known = {tag.key: tag for tag in Tag.objects.filter(key__in=names)}
    Tagging.objects.bulk_create(
        (
            Tagging(ticket=ticket, tag=known[key], by=actor.ref, at=at)
            for ticket, given in named
            for key in dict.fromkeys(tag_key(name) for name in given)
        ),
        ignore_conflicts=True,
    )


def _tag_name(name: str) -> str:
    """Another desk's tag as one that may stand here: without commas, not too long."""
    plain = name.translate(COMMAS).strip(TAG_EDGES)
    return tag_name(plain[:LONGEST_TAG])


def _message(ticket: Ticket, said: PastMessage) -> Message:
    return Message(
        ticket=ticket,
        kind=said.kind,
        contact=said.contact,
        member=said.member,
        author_name=said.author_name[:200],
        author_address=said.author_address[:254],
        body=said.body,
        html=said.html,
        at=said.at,
        external_id=said.external_id,
    )


def _give_back(ticket: Ticket, one: PastTicket, at: datetime) -> None:
    """To its owner where there is room; otherwise it waits like any other."""
    if one.owner is None:
        return
    try:
        ownership.give_to(ticket=ticket, member=one.owner, at=at)
    except Conflict:
        ticket.preferred = one.owner
        changed(ticket, "preferred", at=at)
        return
    if one.status == Ticket.Status.PENDING:
        ownership.hold_less(ticket=ticket, at=at, reason=one.reason or Ticket.Reason.CUSTOMER)


def _follow(row: Ticket, past: PastTicket, at: datetime) -> None:
    """Take over what the other desk says now."""
    row.subject, row.priority, row.fields = past.subject[:LONGEST_SUBJECT] or "–", past.priority, past.fields
    changes = ["subject", "priority", "fields"]
    if past.status == Ticket.Status.RESOLVED and row.status != Ticket.Status.RESOLVED:
        ownership.let_go(ticket=row, at=at)
        row.owner = past.owner or row.owner
        row.status, row.reason = Ticket.Status.RESOLVED, past.reason
        row.resolved_at = past.resolved_at or _last(past)
        changes += ["owner", "held", "status", "reason", "resolved_at"]
    changed(row, *changes, at=at)
