"""What can happen to mailboxes and mail."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class MailboxAdded(Fact):
    verb = "mailbox.added"
    about = ("mailbox",)
    mailbox: int
    address: str


@dataclass(frozen=True)
class MailboxChanged(Fact):
    verb = "mailbox.changed"
    about = ("mailbox",)
    mailbox: int
    fields: list[str]


@dataclass(frozen=True)
class MailFailedToFetch(Fact):
    """The first failure after a success; the mailbox itself shows the latest."""

    verb = "mailbox.failed"
    about = ("mailbox",)
    mailbox: int
    error: str


@dataclass(frozen=True)
class MailboxRecovered(Fact):
    verb = "mailbox.recovered"
    about = ("mailbox",)
    mailbox: int


@dataclass(frozen=True)
class MailKeptUnread(Fact):
    verb = "mailbox.unreadable"
    about = ("mailbox", "ticket")
    mailbox: int
    mail: int
    ticket: int | None


@dataclass(frozen=True)
class ParticipantAdded(Fact):
    verb = "ticket.participant_added"
    about = ("ticket", "customer")
    ticket: int
    customer: int


@dataclass(frozen=True)
class ReplyMailed(Fact):
    verb = "ticket.mailed"
    about = ("ticket",)
    ticket: int
    delivery: int


@dataclass(frozen=True)
class MailFailed(Fact):
    verb = "ticket.mail_failed"
    about = ("ticket",)
    ticket: int
    delivery: int
    address: str


@dataclass(frozen=True)
class MailBounced(Fact):
    verb = "ticket.mail_bounced"
    about = ("ticket",)
    ticket: int
    delivery: int
    address: str
