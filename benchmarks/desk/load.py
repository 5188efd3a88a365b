"""Many tickets at once: each with three messages, two events, its search words, some with tags; the last are live.

The same desk after more years: people bound how much work is open, so its size stays while what is resolved grows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from benchmarks.desk import frame
from benchmarks.desk.tables import IS_SQLITE, Table, without_indexes, write
from benchmarks.desk.words import PLACES, TRADES, Writer, die, sown
from fengong.customers.models import Contact, Organization
from fengong.desk.models import Message, Tagging, Ticket
from fengong.kernel.clock import now
from fengong.kernel.models import Event, EventSubject
from fengong.kernel.search import indexed

LIVE, WAITING = 2000, 400
YEARS = timedelta(days=3 * 365)
BATCH = 20_000
MESSAGES = 3
POOL = 10_000  # different messages of each language; tickets put them together at random
EVENTS = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Something written, and its search words."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Piece:
        return cls(text, tuple(indexed(text)))

    def with_more(self, text: str) -> Piece:
        return Piece(self.text + text, (*self.words, *indexed(text))) if text else self


class Loader:
    """A desk of `count` tickets."""

    def __init__(self, count: int) -> None:
        self.count, self.at, self.writer = count, now(), Writer(count)
        self.customers = max(500, count // 10)
        self.live = min(LIVE, count // 5)
        self.ticket, self.message, self.tagging = Table(Ticket), Table(Message), Table(Tagging)
        self.event, self.subject = Table(Event), Table(EventSubject)
        self.texts = {chinese: self._pieces(self.writer.message, chinese) for chinese in (True, False)}
        self.subjects = {chinese: self._pieces(self.writer.subject, chinese) for chinese in (True, False)}

    def _pieces(self, write_one: Callable[[bool], str], chinese: bool) -> list[Piece]:
        return [Piece.of(write_one(chinese)) for _ in range(min(POOL, self.count))]

    def run(self) -> None:
        """Write it all down."""
        frame.build()
        self._people()
        tables = (self.ticket, self.message, self.tagging, self.event, self.subject)
        with without_indexes(*(table.name for table in tables), "desk_ticketwords"):
            for start in range(1, self.count + 1, BATCH):
                self._batch(range(start, min(start + BATCH, self.count + 1)))
        for table in tables:
            table.settle()

    def _people(self) -> None:
        organization, contact, pick = Table(Organization), Table(Contact), self.writer.dice.choice
        firms = self.customers // 20
        grades = ("standard", "standard", "standard", "business", "key")
        organization.write(
            organization.row(id=n, name=f"{pick(frame_places())}{n}", grade=grades[n % 5])
            for n in range(1, firms + 1)
        )
        contact.write(
            contact.row(
                id=n,
                display_name=self.writer.person(),
                email=f"c{n}@customer.example",
                organization_id=n % firms + 1,
            )
            for n in range(1, self.customers + 1)
        )
        organization.settle()
        contact.settle()

    def _batch(self, numbers: range) -> None:
        said = {number: self._said(number) for number in numbers}
        self.ticket.write(self._ticket(number, said[number]) for number in numbers)
        self.message.write(row for number in numbers for row in self._messages(number, said[number]))
        self.tagging.write(
            self.tagging.row(id=number, ticket_id=number, tag_id=die(number, 17, 6) + 1, at=self.at)
            for number in numbers
            if die(number, 18, 4) == 0
        )
        self.event.write(row for number in numbers for row in self._events(number))
        self.subject.write(row for number in numbers for row in self._subjects(number))
        self._index(said)

    def _said(self, number: int) -> list[Piece]:
        """The subject and what was written."""
        chinese, pick = number % 10 < 7, self.writer.dice.choice
        texts = self.texts[chinese]
        first = pick(texts).with_more(sown(number, self.count))
        return [pick(self.subjects[chinese]), first, *(pick(texts) for _ in range(MESSAGES - 1))]

    def _opened(self, number: int) -> datetime:
        return self.at - YEARS * ((self.count - number + 1) / self.count)

    def _state(self, number: int) -> str:
        behind = self.count - number
        if behind >= self.live:
            return "resolved"
        if behind % (LIVE // WAITING) == 0:
            return "waiting"
        return "pending" if behind % 3 == 0 else "open"

    def _ticket(self, number: int, said: list[Piece]) -> list[Any]:
        status, opened = self._state(number), self._opened(number)
        owned = status != "waiting"
        due = None if status == "resolved" else self.at + timedelta(minutes=number * 7 % 3000)
        hard = die(number, 19, 10)
        level = 1 + (hard >= 6) + (hard >= 9)
        return self.ticket.row(
            id=number,
            subject=said[0].text,
            customer_id=die(number, 15, self.customers) + 1,
            topic_id=die(number, 11, frame.TOPICS) + 1,
            type_id=die(number, 12, 5) or None,
            difficulty=level,
            tier=level,
            priority=1 + die(number, 13, 11) // 3,
            effort=20,
            held=20 if status in ("open", "pending") else 0,
            status=status,
            owner_id=die(number, 14, frame.MEMBERS) + 1 if owned else None,
            channel=("web", "mail", "chat", "phone", "api")[die(number, 16, 5)],
            opened_at=opened,
            waiting_since=opened,
            assigned_at=opened if owned else None,
            first_responded_at=opened + timedelta(minutes=9) if owned else None,
            resolved_at=opened + timedelta(hours=5) if status == "resolved" else None,
            last_customer_at=opened + timedelta(minutes=30),
            last_member_at=opened + timedelta(minutes=9),
            resolution_due=opened + timedelta(hours=24),
            next_due_at=due,
        )

    def _messages(self, number: int, said: list[Piece]) -> Iterator[list[Any]]:
        opened, customer = self._opened(number), die(number, 15, self.customers) + 1
        for place, body in enumerate(said[1:]):
            by_customer = place != 1
            yield self.message.row(
                id=(number - 1) * MESSAGES + place + 1,
                ticket_id=number,
                contact_id=customer if by_customer else None,
                member_id=None if by_customer else die(number, 14, frame.MEMBERS) + 1,
                body=body.text,
                at=opened + timedelta(minutes=9 * place),
            )

    def _events(self, number: int) -> Iterator[list[Any]]:
        customer, member = die(number, 15, self.customers) + 1, die(number, 14, frame.MEMBERS) + 1
        opened = {"ticket": number, "customer": customer, "channel": "web"}
        answered = {"ticket": number, "member": member, "message": number * MESSAGES - 1, "first": True}
        for place, (verb, data) in enumerate((("ticket.opened", opened), ("ticket.replied", answered))):
            yield self.event.row(
                seq=(number - 1) * EVENTS + place + 1,
                at=self._opened(number),
                actor=f"customer:{customer}" if place == 0 else f"member:{member}",
                verb=verb,
                data=json.dumps(data),
            )

    def _subjects(self, number: int) -> Iterator[list[Any]]:
        customer, member = die(number, 15, self.customers) + 1, die(number, 14, frame.MEMBERS) + 1
        first = (number - 1) * EVENTS + 1
        about = (
            (first, "ticket", number),
            (first, "customer", customer),
            (first + 1, "ticket", number),
            (first + 1, "member", member),
        )
        for place, (event, kind, ref) in enumerate(about):
            yield self.subject.row(id=(number - 1) * 4 + place + 1, event_id=event, kind=kind, ref=ref)

    def _index(self, said: dict[int, list[Piece]]) -> None:
        words = {
            number: dict.fromkeys(chain(*(piece.words for piece in told))) for number, told in said.items()
        }
        if IS_SQLITE:
            rows = ((number, " ".join(found)) for number, found in words.items())
            write("desk_ticketwords", ("rowid", "words"), rows)
            return
        quoted = ((number, "'" + "' '".join(found) + "'") for number, found in words.items())
        write("desk_ticketwords", ("ticket_id", "words"), quoted)


def frame_places() -> list[str]:
    """Names of companies to be numbered."""
    return [place + trade for place in PLACES for trade in TRADES]


def load(*, tickets: int) -> dict[str, Any]:
    """Write a desk of so many tickets."""
    Loader(tickets).run()
    return {}
