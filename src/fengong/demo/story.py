"""A customer's matter from the first message to the end, and who wrote it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Customer:
    """A person who writes in."""

    name: str
    email: str
    organization: str
    grade: str
    language: str

    @property
    def first_name(self) -> str:
        """What an English letter calls them."""
        return self.name.split()[0]

    @property
    def locale(self) -> str:
        """The language code the product stores."""
        return "zh-hans" if self.language == "zh" else "en"


@dataclass(frozen=True, slots=True)
class Turn:
    """One later step of a conversation.

    `kind` is ack, ask, note, fix or soothe (a member's), answer, chase or thanks (the customer's).
    """

    kind: str
    body: str

    @property
    def by_customer(self) -> bool:
        """Whether the customer writes it."""
        return self.kind in ("answer", "chase", "thanks")


@dataclass(frozen=True, slots=True)
class Handover:
    """What goes with a ticket that moves up a tier."""

    tried: str
    found: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Story:
    """One matter. `difficulty` is the true one; `graded` is what it looks like at first sight.

    `handovers` holds the note for the step to tier 2 and the one to tier 3; `outcome` is solved, answered (after a
    question back) or moved (it first went to a tier below the one it needs).
    """

    number: int
    customer: Customer
    channel: str
    topic: str
    difficulty: int
    graded: int
    priority: int
    subject: str
    body: str
    turns: tuple[Turn, ...]
    handovers: tuple[Handover, Handover]
    outcome: str

    @property
    def language(self) -> str:
        """zh or en."""
        return self.customer.language
