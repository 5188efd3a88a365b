"""Decisions and the dispatcher board."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from fengong.api.fields import Shown
from fengong.api.schemas.people import Load, Member, Named, Presence
from fengong.api.schemas.tickets import Status

TERMS = "Parts of the cost by name: lateness, skill_fit, over_qualification, load_spread, continuity, growth."


class Colleague(Shown):
    """A member as a decision names them."""

    id: int
    name: str = Field(validation_alias="display_name")
    position: Named


class Choice(Shown):
    """One member as the decision saw them."""

    member: Colleague | None = Field(description="Null where the member no longer exists.")
    cost: float
    terms: dict[str, float] = Field(description=TERMS)


class ExcludedMember(BaseModel):
    """A member who was ruled out, with the figures behind it."""

    member: Colleague
    figures: list[Any]


class Exclusion(BaseModel):
    """Members who were ruled out for one reason."""

    reason: str = Field(
        description="absent, shift_ending, below_tier, above_reach, no_skill, not_lent, no_capacity, no_slot or barred."
    )
    members: list[ExcludedMember]


class Decision(BaseModel):
    """Why a ticket went to its owner."""

    id: int
    ticket_id: int
    at: datetime
    kind: str = Field(description="matched, manual, taken, or moved by a rule.")
    by: str = Field(description="Who decided: `system:matcher`, or a member as `member:3`.")
    policy: str = Field(description="The policy that matched; empty for a decision by hand.")
    effort: int
    waited_seconds: float
    winner: Choice
    alternatives: list[Choice] = Field(description="The best others, nearest first.")
    exclusions: list[Exclusion]
    eligible: int = Field(description="How many members could have taken it.")
    considered: int = Field(description="How many members were looked at.")


class Wait(Shown):
    """Why a ticket waits, as of the last round that looked at it."""

    reason: str
    eligible: int
    excluded: dict[str, int] = Field(description="Number of members ruled out, by reason.")
    at: datetime


class BoardTicket(Shown):
    """A ticket on the board."""

    id: int
    subject: str
    status: Status
    topic: Named | None
    difficulty: int
    priority: int
    tier: int
    effort: int
    waiting_since: datetime
    next_due_at: datetime | None


class WaitingTicket(BaseModel):
    """A ticket that waits, and why."""

    ticket: BoardTicket
    wait: Wait | None = Field(description="Null until a round has looked at it.")


class BoardRow(Shown):
    """A member on the board."""

    member: Member
    status: Presence
    off_at: datetime | None = Field(description="When the running shift ends.")
    load: Load
    tickets: list[BoardTicket]


class Board(BaseModel):
    """Who holds what now, and what waits."""

    at: datetime
    rows: list[BoardRow]
    waiting: list[WaitingTicket] = Field(description="The longest waiting, up to 50.")


def decision(why: Any) -> Decision:
    """A stored decision with its people looked up, as the API shows it."""
    kept = why.decision
    return Decision(
        id=kept.pk,
        ticket_id=kept.ticket_id,
        at=kept.at,
        kind=kept.kind,
        by=kept.by,
        policy=kept.policy,
        effort=kept.effort,
        waited_seconds=kept.waited_seconds,
        winner=Choice.model_validate(why.winner),
        alternatives=[Choice.model_validate(other) for other in why.alternatives],
        exclusions=[_exclusion(group) for group in why.excluded],
        eligible=kept.eligible,
        considered=kept.considered,
    )


def _exclusion(group: Any) -> Exclusion:
    members = [
        ExcludedMember(member=Colleague.model_validate(member), figures=figures)
        for member, figures in group.members
    ]
    return Exclusion(reason=group.reason, members=members)


def board(found: Any, at: datetime) -> Board:
    """The board at one instant, as the API shows it."""
    waiting = [
        WaitingTicket(
            ticket=BoardTicket.model_validate(ticket),
            wait=Wait.model_validate(wait) if (wait := found.waits.get(ticket.pk)) else None,
        )
        for ticket in found.waiting
    ]
    return Board(at=at, rows=[BoardRow.model_validate(row) for row in found.rows], waiting=waiting)
