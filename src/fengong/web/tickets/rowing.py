"""A row of the list: everything it shows, by value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fengong.desk.reading import tags, viewers
from fengong.desk.reading.listed import Listed
from fengong.kernel.clock import now
from fengong.web.promises import Promise, next_promise

TAGS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket as one reader's list shows it; `query` is the address of that list."""

    pk: int
    query: str
    is_current: bool
    is_new: bool
    subject: str
    difficulty: int
    tier: int
    customer: str
    topic: str
    status: str
    status_label: str
    owner: str
    is_mine: bool
    is_snoozed: bool
    has_draft: bool
    viewers: tuple[str, ...]
    tags: tuple[str, ...]
    promise: Promise | None


@dataclass(frozen=True)
class Reader:
    """Whose list it is, where it stands and which ticket is open beside it."""

    member: Any
    query: str
    ticket: int | None


def rows_of(tickets: list[Listed], reader: Reader) -> tuple[Row, ...]:
    """Rows for these tickets; what stands beside them is read in one statement for each thing."""
    return tuple(_rows(tickets, reader)) if tickets else ()


def _rows(tickets: list[Listed], reader: Reader) -> Iterator[Row]:
    at, ids = now(), [ticket.pk for ticket in tickets]
    named = tags.of_tickets(ids)
    watching = viewers.viewers_of(ids, but=reader.member, at=at)
    for ticket in tickets:
        yield Row(
            pk=ticket.pk,
            query=reader.query,
            is_current=ticket.pk == reader.ticket,
            is_new=is_unanswered(ticket),
            subject=ticket.subject,
            difficulty=ticket.difficulty,
            tier=ticket.tier,
            customer=ticket.organization or ticket.customer,
            topic=ticket.topic,
            status=ticket.status,
            status_label=ticket.status_label,
            owner=ticket.owner or "",
            is_mine=ticket.owner_id == reader.member.pk,
            is_snoozed=ticket.snoozed_until is not None,
            has_draft=ticket.has_draft,
            viewers=tuple(seen.member.display_name for seen in watching.get(ticket.pk, ())),
            tags=tuple(named.get(ticket.pk, ())[:TAGS]),
            promise=next_promise(ticket, at),
        )


def is_unanswered(ticket: Listed) -> bool:
    """Whether the customer wrote last and waits for an answer."""
    if ticket.status == "resolved" or ticket.last_customer_at is None:
        return False
    return ticket.last_member_at is None or ticket.last_customer_at > ticket.last_member_at
