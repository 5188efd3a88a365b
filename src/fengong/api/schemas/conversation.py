"""What belongs to a conversation beside its messages: answers for later, talks with outsiders, signatures."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from fengong.api.fields import Moment, Shown, Storable, Taken, Text
from fengong.api.schemas.people import Language, MemberRef
from fengong.api.schemas.tickets import Subject

Then = Literal["", "resolve", "pause"]
Addresses = Annotated[
    list[Annotated[str, Field(min_length=3, max_length=254), Storable]], Field(min_length=1, max_length=20)
]


class ScheduledReply(Shown):
    """An answer that is sent later, unless the customer writes before."""

    id: int
    ticket_id: int
    member: MemberRef
    body: str
    then: str
    due_at: datetime
    state: Literal["waiting", "sent", "cancelled", "returned"]
    message_id: int | None = Field(description="The message it became.")


class ScheduledReplyIn(Taken):
    """An answer and its time; `then` says what follows it."""

    body: Text
    due_at: Moment
    then: Then = ""


class ScheduledReplyChange(Taken):
    """An answer written anew, or given another time."""

    body: Text
    due_at: Moment


class SideMessage(Shown):
    """One turn of a talk with outsiders."""

    id: int
    member: MemberRef | None
    author_name: str
    author_address: str
    body: str
    at: datetime


class SideConversation(Shown):
    """A talk with outsiders about a ticket, which its customer never sees."""

    id: int
    ticket_id: int
    subject: str
    participants: list[str]
    opened_at: datetime
    closed_at: datetime | None
    messages: list[SideMessage]


class SideConversationIn(Taken):
    """The first words to outsiders."""

    subject: Subject
    participants: Addresses
    body: Text


class SideMessageIn(Taken):
    """More words to outsiders; with `participants`, to others than before."""

    body: Text
    participants: Addresses | None = None


class Signature(Shown):
    """What stands under answers in a language."""

    language: Language
    body: str


class SignatureIn(Taken):
    """The words of a signature; none take it away."""

    body: Annotated[str, Field(max_length=2000), Storable] = ""


class LanguageIn(Taken):
    """In which language a customer is answered on a ticket."""

    language: Language
