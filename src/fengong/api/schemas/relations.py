"""What tickets have to do with each other, and who follows them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from fengong.api.fields import Id, Line, Moment, Shown, Storable, Taken, Text
from fengong.api.schemas.customers import CustomerIn
from fengong.api.schemas.filing import TagName
from fengong.api.schemas.people import MemberRef
from fengong.api.schemas.tickets import Difficulty, Priority, Status, Subject, Values

LinkKind = Literal["relates", "blocks", "blocked_by", "duplicates", "duplicated_by"]
BulkDeed = Literal["assign", "priority", "topic", "tags", "type", "snooze", "resolve", "reopen", "merge"]


class TicketRef(Shown):
    """A ticket in short."""

    id: int
    subject: str
    status: Status
    owner: MemberRef | None


class Link(Shown):
    """A link as its ticket sees it."""

    id: int = Field(validation_alias="pk")
    kind: LinkKind
    other: TicketRef


class LinkIn(Taken):
    """Another ticket, and what it has to do with this one."""

    other_id: Id
    kind: LinkKind = "relates"


class Watcher(Shown):
    """A member who follows a ticket."""

    member: MemberRef
    reason: str
    at: datetime


class SnoozeIn(Taken):
    """Until when a ticket is put aside."""

    until: Moment


class PendingIn(Taken):
    """What a ticket waits for."""

    reason: Literal["customer", "third_party"] = "customer"


class ResolutionIn(Taken):
    """How a matter ended."""

    reason: Literal["solved", "no_answer", "not_ours", "spam"] = "solved"
    force: Line = Field(default="", description="Why it is resolved though child tickets are not.")


class MergeIn(Taken):
    """The ticket in which the matter goes on."""

    into_id: Id


class Merge(Shown):
    """That one ticket went on in another. `target_id` is the end of the chain at that time."""

    id: int
    source_id: int
    target_id: int
    by: str
    at: datetime


class SplitIn(Taken):
    """Messages that become a ticket of their own."""

    message_ids: list[Id] = Field(min_length=1, max_length=500)
    subject: Subject


class ChildIn(Taken):
    """A part of the matter for somebody else; customers do not see it."""

    subject: Subject
    body: Annotated[Text, Field(min_length=1)]
    topic_id: Id | None = Field(default=None, description="That of its parent where it is not given.")
    difficulty: Difficulty | None = None
    priority: Priority | None = None


class ParentIn(Taken):
    """Of which ticket it is a part; null for none."""

    parent_id: Id | None


class CallIn(Taken):
    """What a customer said on the telephone. Name them by id, or by number, address or name."""

    subject: Subject
    body: Annotated[Text, Field(min_length=1)]
    note: Text = Field(default="", description="For colleagues only.")
    customer_id: Id | None = None
    phone: Annotated[str, Field(max_length=40), Storable] = ""
    name: Annotated[str, Field(max_length=120), Storable] = ""
    customer: CustomerIn | None = None
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    topic_id: Id | None = None
    difficulty: Difficulty | None = None
    priority: Priority = 2
    type_id: Id | None = None
    fields: Values = Field(default={}, max_length=100)
    tags: list[TagName] = Field(default=[], max_length=30)


class BulkIn(Taken):
    """One thing to do to many tickets. Each deed takes what it needs of the rest."""

    ticket_ids: list[Id] = Field(min_length=1, max_length=500)
    deed: BulkDeed
    member_id: Id | None = None
    priority: Priority | None = None
    topic_id: Id | None = None
    difficulty: Difficulty | None = None
    add: list[TagName] = Field(default=[], max_length=30)
    remove: list[TagName] = Field(default=[], max_length=30)
    type_id: Id | None = None
    until: Moment | None = None
    reason: Literal["solved", "no_answer", "not_ours", "spam"] | None = None
    into_id: Id | None = None


class BulkRow(Shown):
    """What became of one of the tickets."""

    ticket_id: int
    done: bool
    code: str = Field(description="Why it was left alone, for programs; empty where it was done.")
    detail: str


class Bulk(Shown):
    """One thing done to many tickets."""

    id: int
    deed: BulkDeed
    member: MemberRef | None
    at: datetime
    undone_at: datetime | None
    rows: list[BulkRow]


class BulkUndone(Shown):
    """What taking it back came to."""

    restored: int
    kept_ticket_ids: list[int] = Field(description="Left alone, for somebody has changed them since.")


def bulk_rows(rows: list[dict[str, Any]]) -> list[BulkRow]:
    """The rows of a bulk change as they are shown."""
    return [
        BulkRow(
            ticket_id=row["ticket"],
            done="refusal" not in row,
            code=row.get("code", ""),
            detail=row.get("refusal", ""),
        )
        for row in rows
    ]
