"""A mail as the desk sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from fengong.integrations.mail.reading.headers import Address


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a mail; with a `content_id` the HTML may show it."""

    name: str
    content: bytes
    content_type: str
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail system says became of a mail: to whom, `failed` or `delayed`, why, and which mail it was."""

    action: str
    recipient: str
    status: str
    text: str
    original_id: str = ""


@dataclass(slots=True)
class Letter:
    """One mail, read.

    `automatic` says what sort of machine wrote it: bounce, reply, bulk, notice or hushed; blank for people.
    `remarks` name what was wrong with it, for the log.
    """

    message_id: str = ""
    in_reply_to: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    subject: str = ""
    sender: Address | None = None
    reply_to: list[Address] = field(default_factory=list)
    to: list[Address] = field(default_factory=list)
    cc: list[Address] = field(default_factory=list)
    sent_at: datetime | None = None
    text: str = ""
    html: str = ""
    invitations: list[bytes] = field(default_factory=list)
    enclosures: list[Enclosure] = field(default_factory=list)
    automatic: str = ""
    desk_mark: str = ""
    report: Report | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def recipients(self) -> list[Address]:
        """Everybody it was sent to openly."""
        return [*self.to, *self.cc]
