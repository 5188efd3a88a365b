"""Members and the frame they work in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr

from fengong.api.fields import Line, Moment, Shown, Taken

Language = Literal["zh-hans", "en"]
Presence = Literal["online", "away", "engaged", "offline"]


def _rows(related: Any) -> Any:
    """The rows behind a reverse relation, which were read with the list."""
    return list(related.all()) if hasattr(related, "all") else related


class MemberRef(Shown):
    """A member, by name."""

    id: int
    name: str = Field(validation_alias="display_name")


class Named(Shown):
    """A thing with a name in one or both languages; `label` is the one for the reader."""

    id: int
    slug: str
    label: str


class NamedFully(Named):
    """A thing with both its names."""

    name_zh: str
    name_en: str


class Team(NamedFully):
    """Members who share a queue and a lead."""

    lead_id: int | None


class Position(NamedFully):
    """What a member is here: role, tier, and the difficulties taken."""

    role: str
    tier: int | None = Field(description="1 to 3 for those who take tickets, else null.")
    difficulty_min: int
    difficulty_max: int


class PositionRef(Named):
    """A position in short."""

    role: str
    tier: int | None


class Topic(NamedFully):
    """What tickets are about, with the minutes of work expected at each difficulty."""

    keywords: list[str]
    minutes_1: int
    minutes_2: int
    minutes_3: int


class Skill(Shown):
    """How proficient a member is in a topic."""

    topic: Named
    proficiency: int = Field(description="1 to 5.")
    source: str = Field(description="`declared`, `assessed` or `learned`.")


class Member(MemberRef):
    """A member with team and position."""

    team: Named
    position: PositionRef


class SkilledMember(Member):
    """A member with team, position and skills."""

    skills: Annotated[list[Skill], BeforeValidator(_rows)]


class SkillIn(Taken):
    """A statement about a skill."""

    proficiency: int = Field(ge=1, le=5)
    source: Literal["declared", "assessed", "learned"] = "declared"


class Load(Shown):
    """Effort a member holds against what they can hold, in minutes."""

    effort: int
    capacity: int
    tickets: int = Field(description="How many tickets they hold.")


class CapacityIn(Taken):
    """How much a member can hold."""

    capacity: int = Field(ge=0, le=10_080, description="Minutes of effort.")


class PresenceOut(Shown):
    """Whether a member is here."""

    member_id: int
    status: Presence


class PresenceIn(Taken):
    """Whether a member is here."""

    status: Presence


class Shift(Shown):
    """When a member works."""

    id: int
    member: MemberRef
    starts_at: datetime
    ends_at: datetime


class ShiftIn(Taken):
    """A shift to plan."""

    member_id: int = Field(ge=1, le=2**63 - 1)
    starts_at: Moment
    ends_at: Moment


class AccountOut(Shown):
    """A sign-in and how its owner reads."""

    id: int
    email: str
    language: str
    time_zone: str


class Me(Shown):
    """Who asks, and how they stand now."""

    member: Member
    account: AccountOut | None
    presence: Presence
    load: Load | None = Field(description="Null for those who take no tickets.")
    shift: Shift | None = Field(description="The running shift, or else the next one.")


class SessionOut(Shown):
    """The session of a browser."""

    member: Member
    csrf_token: str = Field(description="Send it as X-CSRFToken with whatever changes something.")


class SessionIn(Taken):
    """Address and password."""

    email: Annotated[Line, Field(min_length=3)]
    password: Annotated[SecretStr, Field(min_length=1, max_length=200)]


class TokenOut(Shown):
    """An access token, without its secret."""

    id: int
    name: str
    prefix: str = Field(description="The first characters of the secret.")
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None = Field(description="When a program last used it, to the hour.")


class NewToken(TokenOut):
    """A new access token with its secret, which is shown this once."""

    secret: str


class TokenIn(Taken):
    """A token to issue."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    expires_at: Moment | None = None
