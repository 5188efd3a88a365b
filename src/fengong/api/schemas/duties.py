"""Duty lists as the API shows and takes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from fengong.api.fields import Id, Line, Moment, Shown, Taken
from fengong.api.schemas.people import MemberRef, PositionRef

Minute = Annotated[int, Field(ge=0, le=2880)]
Week = Annotated[list[list[list[Minute]]], Field(max_length=7)]


def _rows(related: Any) -> Any:
    """The rows behind a reverse relation, which were read with the list."""
    return list(related.all()) if hasattr(related, "all") else related


class Kpi(Shown):
    """A figure that a duty is measured by."""

    key: str
    target: float
    unit: str
    source: str = Field(description="`spine` where it is filled from what is recorded, else `manual`.")


class DutyOut(Shown):
    """One line of a duty list. Where topics, difficulties, channels or hours are empty, it is for all of them."""

    task: str = Field(description="Names the same work in every list.")
    task_zh: str
    task_en: str
    raci: str
    topics: list[int]
    difficulties: list[int]
    channels: list[str]
    hours: list[list[list[int]]] = Field(
        description="Seven days from Monday on, each a list of [minute it begins, minute it ends]."
    )
    calendar: str
    kpis: list[Kpi]
    hands_to: list[int] = Field(description="Positions, in the order in which they are asked.")


Duties = Annotated[list[DutyOut], BeforeValidator(_rows)]


class DutyDraft(Shown):
    """A list that is being written."""

    id: int
    position_id: int
    changed_at: datetime
    duties: Duties


class DutyEdition(Shown):
    """A list as it was published; it never changes."""

    id: int
    position_id: int
    number: int
    effective_on: date
    zone: str
    in_force_from: datetime
    published_at: datetime
    duties: Duties


class KpiIn(Taken):
    """A figure to measure a duty by."""

    key: Annotated[Line, Field(min_length=1, max_length=60)]
    target: float = Field(ge=0, le=1e12, allow_inf_nan=False)
    unit: Literal["seconds", "share", "per_day", "count", "minutes", "hours", "percent"]
    source: Literal["spine", "manual"] = "spine"


class DutyIn(Taken):
    """A line to write."""

    task: Line
    task_zh: Annotated[Line, Field(max_length=200)] = ""
    task_en: Annotated[Line, Field(max_length=200)] = ""
    raci: Annotated[Line, Field(max_length=4)] = "R"
    topics: list[Id] = Field(default=[], max_length=200)
    difficulties: list[int] = Field(default=[], max_length=3)
    channels: list[Line] = Field(default=[], max_length=10)
    hours: Week = Field(default=[])
    calendar: Line = ""
    kpis: list[KpiIn] = Field(default=[], max_length=10)
    hands_to: list[Id] = Field(default=[], max_length=50)


class DutiesIn(Taken):
    """A whole list."""

    duties: list[DutyIn] = Field(max_length=100)


class EditionIn(Taken):
    """From when on the draft is to count."""

    effective_on: date
    zone: Line = Field(default="", description="That of the account, where it is not given.")


class At(Taken):
    """A moment."""

    at: Moment | None = Field(default=None, description="Now, where it is not given.")


class KpiSpan(Taken):
    """A span of time."""

    start: Moment
    end: Moment


class Acknowledged(Shown):
    """That a member has read an edition."""

    member: MemberRef
    at: datetime


class Readers(Shown):
    """Who has read an edition, and who has not."""

    acknowledged: list[Acknowledged]
    missing: list[MemberRef]


class DutyChange(Shown):
    """What an edition says otherwise of one task."""

    task: str
    fields: dict[str, tuple[Any, Any]] = Field(description="Before and after, by field.")


class DutyChanges(Shown):
    """What makes one edition differ from another."""

    added: list[DutyOut]
    removed: list[DutyOut]
    changed: list[DutyChange]


class Since(Taken):
    """What to compare with."""

    since: Id | None = Field(default=None, description="An edition; the one before, where it is not given.")


class RaciRow(Shown):
    """One task, with the letters of each position."""

    task: str
    label: str
    letters: dict[int, str]
    faults: list[str] = Field(description="`no_accountable`, `two_accountables`, `no_responsible`.")


class Raci(Shown):
    """Tasks by positions."""

    positions: list[PositionRef]
    rows: list[RaciRow]


class KpiValue(Shown):
    """A target, and how it stands; null where nothing was recorded."""

    task: str
    key: str
    unit: str
    source: str
    target: float
    value: float | None
    met: bool | None


class OwnDuties(Shown):
    """The duties of a member's position, and which editions they have still to acknowledge."""

    in_force: DutyEdition | None
    to_acknowledge: list[DutyEdition]


class PositionTemplate(Shown):
    """A position of a template."""

    slug: str
    name_zh: str
    name_en: str
    tier: int | None


class DutyTemplate(Shown):
    """A division of labour to begin with."""

    slug: str
    name_zh: str
    name_en: str
    positions: list[PositionTemplate]
