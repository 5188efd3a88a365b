"""What dispatch can do to a ticket."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class TicketDispatched(Fact):
    verb = "ticket.dispatched"
    about = ("ticket", "member")
    ticket: int
    member: int
    decision: int
    kind: str


@dataclass(frozen=True)
class TicketTransferred(Fact):
    verb = "ticket.transferred"
    about = ("ticket", "member")
    ticket: int
    member: int
    previous: int | None
    decision: int


@dataclass(frozen=True)
class TicketEscalated(Fact):
    verb = "ticket.escalated"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    from_tier: int
    to_tier: int


@dataclass(frozen=True)
class TierSet(Fact):
    verb = "ticket.tier_set"
    about = ("ticket", "member")
    ticket: int
    tier: int
    previous: int
    member: int | None
