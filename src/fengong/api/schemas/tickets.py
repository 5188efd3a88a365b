"""Tickets and what is done with them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, field_validator

from fengong.api.fields import Id, Line, Shown, Storable, Taken, Text
from fengong.api.keys import shown_id
from fengong.api.problems import Problem
from fengong.api.schemas.customers import CustomerIn, CustomerRef
from fengong.api.schemas.people import Language, MemberRef, Named

Status = Literal["waiting", "open", "pending", "resolved"]
Channel = Literal["web", "mail", "chat", "phone", "api"]
View = Literal["mine", "team", "unassigned", "all"]
Subject = Annotated[str, Field(min_length=1, max_length=240), Storable]
Priority = Annotated[int, Field(ge=1, le=4, description="1 low, 2 normal, 3 high, 4 urgent.")]
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,50}$")]
Value = Annotated[str, Field(max_length=10_000), Storable] | bool | int | float | list[Line] | None
Values = dict[Slug, Value]
Difficulty = Annotated[int, Field(ge=1, le=3, description="1 common, 2 medium, 3 hard.")]


class Ticket(Shown):
    """One customer matter. All times are instants; `effort` is in minutes."""

    id: int
    subject: str
    status: Status
    reason: str = Field(description="Why it waits or how it ended; empty while it is worked on.")
    snoozed_until: datetime | None
    customer: CustomerRef
    topic: Named | None = Field(description="Null until it has been graded.")
    difficulty: int
    priority: int
    tier: int = Field(description="The lowest tier that may take it now.")
    effort: int
    owner: MemberRef | None
    type_id: int | None
    tags: list[str]
    fields: dict[str, Any] = Field(
        description="The desk's own fields by slug; those left empty are not there."
    )
    parent_id: int | None
    merged_into_id: int | None = Field(description="The ticket in which it goes on, if it was merged.")
    channel: Channel
    language: str
    external_id: str
    opened_at: datetime
    waiting_since: datetime
    assigned_at: datetime | None
    first_response_due: datetime | None
    first_responded_at: datetime | None
    first_response_broken: bool
    resolution_due: datetime | None
    resolved_at: datetime | None
    resolution_broken: bool
    next_response_due: datetime | None = Field(description="For the oldest message nobody has answered.")
    next_response_broken: bool
    update_due: datetime | None
    update_broken: bool
    ownership_due: datetime | None = Field(description="Until when its tier may hold it.")
    ownership_broken: bool
    policy_id: int | None = Field(description="The policy of promised times that counts for it.")
    paused_at: datetime | None = Field(
        description="Since when its clocks stand still; until they go on, what is due moves on with the time."
    )
    last_customer_at: datetime | None
    last_member_at: datetime | None
    next_due_at: datetime | None = Field(description="The nearest promise that can still be kept.")
    version: int = Field(description="The number in the ETag.")

    @field_validator("external_id")
    @classmethod
    def _hide_keys(cls, value: str) -> str:
        return shown_id(value)

    @field_validator("tags", mode="before")
    @classmethod
    def _names(cls, value: Any) -> Any:
        return sorted(tag.name for tag in value.all()) if hasattr(value, "all") else value


class TicketFilter(Taken):
    """Which tickets; all conditions given must hold."""

    view: View = Field(default="all", description="A tab of the room Tickets, as the one who asks sees it.")
    status: Status | None = None
    owner: Id | None = Field(default=None, description="Id of the member who owns it.")
    customer: Id | None = None
    topic: Id | None = None
    query: Annotated[str, Field(max_length=2000), Storable] = Field(
        default="", description="As in the search box: `status:open priority>=high -tag:vip words`."
    )


class TicketIn(Taken):
    """A matter to write down. Name the customer by `customer_id`, or by `customer`."""

    subject: Subject
    body: Annotated[Text, Field(min_length=1)]
    customer_id: Id | None = None
    customer: CustomerIn | None = None
    channel: Channel = "api"
    language: Language | None = Field(default=None, description="The customer's where it is not given.")
    topic_id: Id | None = Field(default=None, description="With a topic the ticket counts as graded.")
    difficulty: Difficulty | None = Field(default=None, description="Only with a topic.")
    priority: Priority = 2
    type_id: Id | None = None
    fields: Values | None = Field(
        default=None,
        max_length=100,
        description="The desk's own fields by slug. Where given, none may be missing that a new ticket needs.",
    )
    external_id: Line = Field(
        default="", description="Its id elsewhere; the same again writes nothing twice."
    )


class TicketBatchIn(Taken):
    """Up to a hundred matters to write down, each by itself."""

    tickets: list[TicketIn] = Field(min_length=1, max_length=100)


class BatchResult(BaseModel):
    """What became of one of them."""

    status: int = Field(
        description="201 written down, 200 it stood already, else why not, as `problem` says."
    )
    ticket: Ticket | None = None
    problem: Problem | None = None


class BatchResults(BaseModel):
    """What became of each, in the order sent."""

    items: list[BatchResult]


class MessageIn(Taken):
    """Something to write."""

    body: Annotated[Text, Field(min_length=1)]


class CustomerMessageIn(MessageIn):
    """Something the customer wrote."""

    external_id: Line = Field(
        default="", description="Its id elsewhere; the same again writes nothing twice."
    )


class Message(Shown):
    """One turn of a ticket's conversation. Customers see only those of kind `public`."""

    id: int
    ticket_id: int
    kind: Literal["public", "note", "handover", "side"]
    member: MemberRef | None = Field(description="The member who wrote it.")
    customer: CustomerRef | None = Field(validation_alias="contact", description="The customer who wrote it.")
    author_name: str = Field(description="Who wrote it, where it was neither; blank for the product itself.")
    body: str
    at: datetime
    external_id: str

    @field_validator("external_id")
    @classmethod
    def _hide_keys(cls, value: str) -> str:
        return shown_id(value)


class GradeIn(Taken):
    """What a ticket is about and how hard it is."""

    topic_id: Id
    difficulty: Difficulty
    priority: Priority | None = Field(default=None, description="Stays as it is where it is not given.")


class AssignmentIn(Taken):
    """Who gets a ticket."""

    member_id: Id


class EscalationIn(Taken):
    """The note for the next tier."""

    tried: Annotated[Text, Field(min_length=1)]
    found: Annotated[Text, Field(min_length=1)]
    wanted: Annotated[Text, Field(min_length=1)]


class DeescalationIn(Taken):
    """The note for the tier below: the answer, and what is left to do."""

    found: Annotated[Text, Field(min_length=1)]
    wanted: Annotated[Text, Field(min_length=1)]


class Escalation(Shown):
    """A ticket's step to another tier."""

    id: int
    member: MemberRef | None = Field(description="Who had it.")
    cause: str = Field(description="member, rule or time: too long on its tier.")
    from_tier: int
    to_tier: int = Field(description="Below `from_tier` where it was given back.")
    tried: str
    found: str
    wanted: str
    minutes: int = Field(description="How long it had been on its tier, where the cause is time.")
    at: datetime
    answer: str = Field(description="What came of it, for who handed it up.")
    answered_by: MemberRef | None
    answered_at: datetime | None


class Move(Shown):
    """Why a ticket left an owner without their asking."""

    id: int
    kind: str = Field(
        description="handed, balanced, shift_end, leave, stand_in, silent, absent, or referred: a lead decides."
    )
    member: MemberRef | None = Field(description="Who had it.")
    to: MemberRef | None = Field(description="Who got it, or decides; null: the queue, or nobody was found.")
    by: str
    at: datetime
    figures: dict[str, Any] = Field(description="What the rule saw.")
    settled_at: datetime | None = Field(description="When the lead decided.")


class Moves(BaseModel):
    """Why a ticket left its owners, the newest first."""

    items: list[Move]


class Escalations(BaseModel):
    """A ticket's way up, oldest first."""

    items: list[Escalation]


class Event(Shown):
    """Something that happened to a ticket."""

    seq: int
    at: datetime
    actor: str = Field(description="`member:3`, `customer:9` or `system:matcher`.")
    verb: str
    data: dict[str, str | int | float | bool | None]
