"""What can happen to tickets and loads."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class TicketOpened(Fact):
    verb = "ticket.opened"
    about = ("ticket", "customer")
    ticket: int
    customer: int
    channel: str


@dataclass(frozen=True)
class TicketGraded(Fact):
    verb = "ticket.graded"
    about = ("ticket", "topic")
    ticket: int
    topic: int
    difficulty: int
    priority: int
    effort: int
    confidence: float | None


@dataclass(frozen=True)
class PrioritySet(Fact):
    verb = "ticket.priority_set"
    about = ("ticket",)
    ticket: int
    priority: int
    previous: int


@dataclass(frozen=True)
class TicketReplied(Fact):
    verb = "ticket.replied"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    message: int
    first: bool


@dataclass(frozen=True)
class TicketNoted(Fact):
    verb = "ticket.noted"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    message: int


@dataclass(frozen=True)
class MessageReceived(Fact):
    verb = "ticket.message_received"
    about = ("ticket", "customer", "member")
    ticket: int
    customer: int
    message: int
    member: int | None


@dataclass(frozen=True)
class TicketPended(Fact):
    verb = "ticket.pended"
    about = ("ticket", "member")
    ticket: int
    member: int
    reason: str = "customer"


@dataclass(frozen=True)
class TicketResumed(Fact):
    verb = "ticket.resumed"
    about = ("ticket", "member")
    ticket: int
    member: int


@dataclass(frozen=True)
class TicketReturned(Fact):
    verb = "ticket.returned"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    reason: str


@dataclass(frozen=True)
class TicketResolved(Fact):
    verb = "ticket.resolved"
    about = ("ticket", "member", "customer")
    ticket: int
    member: int | None
    customer: int
    reason: str = "solved"
    forced: str = ""


@dataclass(frozen=True)
class TicketReopened(Fact):
    verb = "ticket.reopened"
    about = ("ticket", "member")
    ticket: int
    member: int | None


@dataclass(frozen=True)
class PromiseNear(Fact):
    """A step of the ladder that lies before the promise ends; `step` is its place in the policy's ladder."""

    verb = "ticket.promise_near"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    target: str
    step: int
    policy: int | None


@dataclass(frozen=True)
class PromiseBroken(Fact):
    """A promise has passed: step 0. A step of the ladder that lies later carries its place."""

    verb = "ticket.breached"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    target: str
    step: int = 0
    policy: int | None = None


@dataclass(frozen=True)
class CapacitySet(Fact):
    verb = "load.capacity_set"
    about = ("member",)
    member: int
    capacity: int


@dataclass(frozen=True)
class ServiceLevelSet(Fact):
    verb = "service_level.set"
    about = ()
    priority: int
    first_response_minutes: int
    resolution_minutes: int


@dataclass(frozen=True)
class PolicySaved(Fact):
    verb = "service_policy.saved"
    about = ()
    policy: int
    name: str


@dataclass(frozen=True)
class PolicyRemoved(Fact):
    verb = "service_policy.removed"
    about = ()
    policy: int
    name: str


@dataclass(frozen=True)
class CalendarSaved(Fact):
    verb = "calendar.saved"
    about = ()
    calendar: int
    name: str


@dataclass(frozen=True)
class CalendarRemoved(Fact):
    verb = "calendar.removed"
    about = ()
    calendar: int
    name: str


@dataclass(frozen=True)
class CalendarDaysSet(Fact):
    verb = "calendar.days_set"
    about = ()
    calendar: int
    days: int
    source: str


@dataclass(frozen=True)
class TicketImported(Fact):
    verb = "ticket.imported"
    about = ("ticket", "customer")
    ticket: int
    customer: int
    source: str


@dataclass(frozen=True)
class MemberMentioned(Fact):
    verb = "ticket.mentioned"
    about = ("ticket", "member")
    ticket: int
    member: int
    message: int


@dataclass(frozen=True)
class ReplyScheduled(Fact):
    verb = "ticket.reply_scheduled"
    about = ("ticket", "member")
    ticket: int
    member: int
    scheduled: int
    due: str


@dataclass(frozen=True)
class ReplyUnscheduled(Fact):
    verb = "ticket.reply_unscheduled"
    about = ("ticket", "member")
    ticket: int
    member: int
    scheduled: int
    reason: str


@dataclass(frozen=True)
class SideStarted(Fact):
    verb = "ticket.side_started"
    about = ("ticket", "member")
    ticket: int
    member: int
    side: int
    message: int


@dataclass(frozen=True)
class SideReplied(Fact):
    verb = "ticket.side_replied"
    about = ("ticket", "member")
    ticket: int
    member: int
    side: int
    message: int


@dataclass(frozen=True)
class SideReceived(Fact):
    verb = "ticket.side_received"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    side: int
    message: int
    address: str


@dataclass(frozen=True)
class SideClosed(Fact):
    verb = "ticket.side_closed"
    about = ("ticket", "member")
    ticket: int
    member: int
    side: int


@dataclass(frozen=True)
class SignatureSet(Fact):
    verb = "signature.set"
    about = ("member", "team")
    member: int | None
    team: int | None
    language: str


@dataclass(frozen=True)
class LanguageSet(Fact):
    verb = "ticket.language_set"
    about = ("ticket",)
    ticket: int
    language: str
    previous: str
