"""Patterns, breaks, leave, standby and rosters."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from fengong.api.fields import Id, Line, Moment, Shown, Storable, Taken
from fengong.api.schemas.people import MemberRef
from fengong.api.schemas.promises import WEEK, Name, Week

LONGEST_FILE = 1_000_000
Kind = Literal["annual", "sick", "training", "other"]
Note = Annotated[str, Field(max_length=500), Storable]
Minute = Annotated[int, Field(ge=0, le=2880)]


def _this_age(day: date) -> date:
    if not 2000 <= day.year < 2200:
        raise PydanticCustomError("far_away", "a year from 2000 to 2199")
    return day


Day = Annotated[date, AfterValidator(_this_age)]


class ShiftBreak(Shown):
    """Time inside a shift that is not worked; with a window it may be moved within it."""

    id: int
    starts_at: datetime
    ends_at: datetime
    window_starts_at: datetime | None
    window_ends_at: datetime | None


class BreakIn(Taken):
    """A break; give both ends of a window, or neither."""

    starts_at: Moment
    ends_at: Moment
    window_starts_at: Moment | None = None
    window_ends_at: Moment | None = None


class BreaksIn(Taken):
    """All breaks of a shift."""

    breaks: Annotated[list[BreakIn], Field(max_length=20)]


class TimesIn(Taken):
    """Another time for a shift."""

    starts_at: Moment
    ends_at: Moment


class BreakMoved(Taken):
    """When a break is taken."""

    starts_at: Moment


class Pattern(Shown):
    """How a member or a team works week after week."""

    id: int
    name: str
    member_id: int | None
    team_id: int | None
    zone: str
    weeks: list[list[list[list[int]]]] = Field(description=WEEK)
    breaks: list[dict[str, Any]]
    starts_on: date
    ends_on: date | None
    anchor: date = Field(description="The Monday of the first of the weeks that take turns.")
    region: str = Field(description="Whose public holidays are off; empty for none.")
    makes_up: bool = Field(description="Weekends that the region moves to working days are worked.")


class PatternBreak(Taken):
    """A break of a pattern, in minutes from the midnight before the shift begins."""

    begins: Minute
    minutes: Annotated[int, Field(ge=1, le=1440)]
    window: Annotated[list[Minute], Field(min_length=2, max_length=2)] | None = None


class PatternState(Taken):
    """How somebody works week after week."""

    name: Name
    weeks: Annotated[list[Week], Field(min_length=1, max_length=8)]
    starts_on: Day
    ends_on: Day | None = None
    zone: Line = "Asia/Shanghai"
    breaks: Annotated[list[PatternBreak], Field(max_length=20)] = Field(default_factory=list)
    region: Annotated[str, Field(max_length=12), Storable] = ""
    makes_up: bool = True
    anchor: Day | None = None


class PatternIn(PatternState):
    """A pattern of a member or of a team."""

    member_id: Id | None = None
    team_id: Id | None = None


class Leave(Shown):
    """Time for which a member asks to be away."""

    id: int
    member: MemberRef
    kind: Kind
    state: Literal["requested", "approved", "declined", "withdrawn"]
    starts_at: datetime
    ends_at: datetime
    whole_days: bool
    note: str
    answer: str
    decided_by: MemberRef | None
    decided_at: datetime | None


class LeaveIn(Taken):
    """Leave to ask for: whole days, the last included, or hours."""

    kind: Kind
    first_day: Day | None = None
    last_day: Day | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    zone: Line = "Asia/Shanghai"
    note: Note = ""
    member_id: Id | None = Field(default=None, description="Yourself, where it is not given.")


class DecisionIn(Taken):
    """Yes or no, and a word with it."""

    state: Literal["approved", "declined"]
    answer: Note = ""


class Standby(Shown):
    """When a member can be called, and within how many minutes they are there."""

    id: int
    member: MemberRef
    starts_at: datetime
    ends_at: datetime
    answers_within: int


class StandbyIn(Taken):
    """Standby to plan."""

    member_id: Id
    starts_at: Moment
    ends_at: Moment
    answers_within: Annotated[int, Field(ge=0, le=1440)] = 30


class Spans(Shown):
    """When a member works, breaks and leave taken out."""

    member_id: int
    spans: list[tuple[datetime, datetime]]


class HereNow(BaseModel):
    """Who works now, until when, and who can be called, within how many minutes."""

    working: dict[int, datetime]
    standby: dict[int, int]


class Shares(BaseModel):
    """What share of each of the 168 hours of a week each member works."""

    members: list[int]
    shares: list[list[float]]


class RosterFile(Taken):
    """A roster as the text of a file."""

    form: Literal["csv", "icalendar"]
    content: Annotated[str, Field(max_length=LONGEST_FILE)]
    zone: Line = "Asia/Shanghai"
    dry: bool = Field(default=False, description="Only report what would happen.")
    member_id: Id | None = Field(default=None, description="Whom lines are about that name nobody.")


class RefusedLine(Shown):
    """A line that was not taken, and why."""

    line: int
    column: str
    key: str
    reason: str


class RosterReport(Shown):
    """What became of a file."""

    dry: bool
    counts: dict[str, int] = Field(description="added, changed, same, kept, cancelled")
    refused: list[RefusedLine]
