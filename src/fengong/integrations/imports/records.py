"""What every source is turned into before it is brought in: companies, people, matters and their turns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Company:
    """An organisation of the other desk."""

    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the other desk: a customer, or one of its agents."""

    external_id: str
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    company: str = ""
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """Something attached; `url` is where the other desk keeps it."""

    name: str
    content_type: str = ""
    size: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message. `author` is a Person's external id."""

    external_id: str
    at: datetime
    text: str
    html: str = ""
    author: str = ""
    by_customer: bool = False
    note: bool = False
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """A ticket with its turns, oldest first. `status` and `priority` are still words of the other desk."""

    external_id: str
    subject: str
    customer: str
    opened_at: datetime
    status: str = ""
    priority: str = ""
    owner: str = ""
    channel: str = "api"
    language: str = ""
    topic: str = ""
    tags: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    resolved_at: datetime | None = None
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """A turn that stood apart from its ticket."""

    matter: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class Found:
    """A record and the place in the file it was read from."""

    file: str
    line: int
    record: Company | Person | Matter | Later


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be brought in: where it stands, and why, as a whole sentence."""

    file: str
    line: int
    reason: str
    column: str = ""
    external_id: str = ""
    excerpt: str = ""
