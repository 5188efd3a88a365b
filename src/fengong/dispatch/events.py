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
    reason: str = ""


@dataclass(frozen=True)
class TicketEscalated(Fact):
    verb = "ticket.escalated"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    from_tier: int
    to_tier: int
    reason: str = "member"


@dataclass(frozen=True)
class TicketDeescalated(Fact):
    verb = "ticket.deescalated"
    about = ("ticket", "member")
    ticket: int
    member: int | None
    from_tier: int
    to_tier: int


@dataclass(frozen=True)
class EscalationAnswered(Fact):
    """Told to the member who had handed it up."""

    verb = "ticket.escalation_answered"
    about = ("ticket", "member")
    ticket: int
    member: int
    escalation: int
    by: int | None


@dataclass(frozen=True)
class TicketReferred(Fact):
    """It went back and forth until `member`, a lead, has to decide; `previous` holds it meanwhile."""

    verb = "ticket.referred"
    about = ("ticket", "member")
    ticket: int
    member: int
    previous: int | None
    bounces: int


@dataclass(frozen=True)
class OwnerSilent(Fact):
    """Its owner has not answered for so long, and nobody else can take it."""

    verb = "ticket.owner_silent"
    about = ("ticket", "member")
    ticket: int
    member: int
    minutes: int


@dataclass(frozen=True)
class StandInNamed(Fact):
    verb = "stand_in.named"
    about = ("member",)
    member: int
    by_member: int
    starts_at: str
    ends_at: str


@dataclass(frozen=True)
class StandInRemoved(Fact):
    verb = "stand_in.removed"
    about = ("member",)
    member: int
    by_member: int


@dataclass(frozen=True)
class TierSet(Fact):
    verb = "ticket.tier_set"
    about = ("ticket", "member")
    ticket: int
    tier: int
    previous: int
    member: int | None


@dataclass(frozen=True)
class PolicyDrafted(Fact):
    verb = "policy.drafted"
    about = ("policy",)
    policy: int
    number: int


@dataclass(frozen=True)
class PolicyPublished(Fact):
    """`returns_to` is the number of the edition whose rules hold again."""

    verb = "policy.published"
    about = ("policy",)
    policy: int
    number: int
    returns_to: int | None


@dataclass(frozen=True)
class OfferAccepted(Fact):
    verb = "ticket.offer_accepted"
    about = ("ticket", "member")
    ticket: int
    member: int


@dataclass(frozen=True)
class OfferDeclined(Fact):
    verb = "ticket.offer_declined"
    about = ("ticket", "member")
    ticket: int
    member: int
    reason: str


@dataclass(frozen=True)
class OfferMissed(Fact):
    verb = "ticket.offer_missed"
    about = ("ticket", "member")
    ticket: int
    member: int


@dataclass(frozen=True)
class MemberRested(Fact):
    """They let so many offers pass in a row, and get no work until they say that they are here."""

    verb = "presence.rested"
    about = ("member",)
    member: int
    missed: int
