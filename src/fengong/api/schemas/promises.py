"""Policies of promised times, and the calendars they count by."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from fengong.api.fields import Id, Line, Shown, Storable, Taken

Name = Annotated[str, Field(min_length=1, max_length=80), Storable]
Minutes = Annotated[int, Field(ge=1, le=5_270_400)]
Target = Literal["first_response", "next_response", "update", "resolution", "ownership"]
Pause = Literal["customer", "third_party", "snoozed"]
Span = Annotated[list[Annotated[int, Field(ge=0, le=2880)]], Field(min_length=2, max_length=2)]
Hours = Annotated[list[Span], Field(max_length=24)]
Week = Annotated[list[Hours], Field(min_length=7, max_length=7)]
WEEK = "Seven days from Monday on, each a list of [minute it begins, minute it ends]; an end beyond 1440 is next day's."


def _usual_pauses() -> list[Pause]:
    return ["customer", "third_party"]


class Level(Shown):
    """What is promised at one priority, in minutes of the calendar; null where nothing is."""

    priority: int
    first_response_minutes: int | None
    next_response_minutes: int | None
    update_minutes: int | None
    resolution_minutes: int | None


class LevelIn(Taken):
    """What to promise at one priority, in minutes of the calendar."""

    priority: Annotated[int, Field(ge=1, le=4)]
    first_response_minutes: Minutes | None = None
    next_response_minutes: Minutes | None = None
    update_minutes: Minutes | None = None
    resolution_minutes: Minutes | None = None


class Step(Shown):
    """A step of a ladder: at `percent` of the time, or `minutes` after its end (before it, if negative)."""

    place: int
    target: str
    percent: int | None
    minutes: int
    deeds: list[dict[str, Any]]


class StepIn(Taken):
    """A step of a ladder; its place is that in the list."""

    target: Target
    percent: Annotated[int, Field(ge=1, le=500)] | None = None
    minutes: Annotated[int, Field(ge=-5_270_400, le=5_270_400)] = 0
    deeds: list[dict[str, Any]] = Field(default_factory=list, max_length=20)


class Policy(Shown):
    """Which tickets are promised what. The first whose condition a ticket meets counts, else the default one."""

    id: int
    name: str
    position: int
    is_default: bool
    active: bool
    condition: str = Field(description="In the query language; empty for the default policy.")
    calendar_id: int | None = Field(description="Null: around the clock.")
    pauses: list[str] = Field(description="Reasons for which the clocks stand still.")
    ownership_1: int | None = Field(description="Minutes for which tier 1 may hold a ticket.")
    ownership_2: int | None
    ownership_3: int | None
    levels: list[Level]
    steps: list[Step]


class PolicyIn(Taken):
    """A policy as it is to be; what is left out is not promised."""

    name: Name
    condition: Annotated[str, Field(max_length=1000), Storable] = ""
    position: Annotated[int, Field(ge=0, le=999)] = 0
    active: bool = True
    is_default: bool = False
    calendar_id: Id | None = None
    pauses: list[Pause] = Field(default_factory=_usual_pauses, max_length=3)
    ownership_1: Minutes | None = None
    ownership_2: Minutes | None = None
    ownership_3: Minutes | None = None
    levels: list[LevelIn] = Field(default_factory=list, max_length=4)
    steps: list[StepIn] = Field(default_factory=list, max_length=5)


class Calendar(Shown):
    """When people work."""

    id: int
    name: str
    zone: str
    week: list[list[list[int]]] = Field(description=WEEK)
    region: str = Field(description="Whose public holidays it keeps, such as CN or DE-BY; empty for none.")
    makes_up: bool = Field(description="Whether weekends that the region makes working days are worked.")


class CalendarIn(Taken):
    """A calendar as it is to be."""

    name: Name
    zone: Line
    week: Week = Field(description=WEEK)
    region: Annotated[str, Field(max_length=12), Storable] = ""
    makes_up: bool = True


class CalendarDay(Shown):
    """A day that differs from the week."""

    date: date
    kind: str
    name: str
    hours: str = Field(description="As people write them; empty when closed.")
    source: str = Field(description="library, administrator or import.")


class CalendarDayIn(Taken):
    """What a day is, whatever the libraries say: closed, open at `hours`, or worked like weekday `like` (0: Monday)."""

    date: date
    kind: Literal["closed", "hours", "like"]
    name: Annotated[str, Field(max_length=120), Storable] = ""
    hours: Hours = Field(default_factory=list)
    like: Annotated[int, Field(ge=0, le=6)] | None = None


class CalendarDaysIn(Taken):
    """Days to decide about."""

    days: list[CalendarDayIn] = Field(min_length=1, max_length=400)


class OfYear(Taken):
    """Which year."""

    year: Annotated[int, Field(ge=2000, le=2100)]
