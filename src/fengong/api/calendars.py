"""Business calendars and their days."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Query, Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas.promises import Calendar, CalendarDay, CalendarDaysIn, CalendarIn, OfYear
from fengong.desk.actions import calendars
from fengong.desk.reading import promises as reading
from fengong.kernel.clock import now
from fengong.people.policies import require

router = Router(tags=["promises"])


@router.get("", operation_id="list_calendars", response=Listed[Calendar])
def list_calendars(request: MemberRequest) -> Any:
    """All calendars."""
    require(request.auth, "ticket.read")
    return all_of(Calendar, reading.calendars())


@router.post("", operation_id="add_calendar", response={201: Calendar})
def add_calendar(request: MemberRequest, wanted: CalendarIn) -> Any:
    """Write down when people work."""
    saved = calendars.save_calendar(actor=request.auth, at=now(), **wanted.model_dump())
    return Status(201, Calendar.model_validate(saved))


@router.put("/{int:calendar_id}", operation_id="change_calendar", response=Calendar)
def change_calendar(request: MemberRequest, calendar_id: PathId, wanted: CalendarIn) -> Any:
    """Change a calendar as a whole; open tickets follow within a moment."""
    require(request.auth, "desk.configure")
    known = found.there(reading.calendar(calendar_id))
    saved = calendars.save_calendar(actor=request.auth, calendar=known, at=now(), **wanted.model_dump())
    return Calendar.model_validate(saved)


@router.delete("/{int:calendar_id}", operation_id="remove_calendar", response={204: None})
def remove_calendar(request: MemberRequest, calendar_id: PathId) -> Any:
    """Remove a calendar that no policy uses."""
    require(request.auth, "desk.configure")
    known = found.there(reading.calendar(calendar_id))
    calendars.remove_calendar(actor=request.auth, calendar=known, at=now())
    return Status(204, None)


@router.get("/{int:calendar_id}/days", operation_id="list_calendar_days", response=Listed[CalendarDay])
def list_days(request: MemberRequest, calendar_id: PathId, of: Query[OfYear]) -> Any:
    """The days of a year that differ from the week, and who says so."""
    require(request.auth, "ticket.read")
    days = reading.days_of(found.there(reading.calendar(calendar_id)), of.year)
    return Listed[CalendarDay](items=[CalendarDay.model_validate(day) for day in days])


@router.put("/{int:calendar_id}/days", operation_id="set_calendar_days", response={204: None})
def set_days(request: MemberRequest, calendar_id: PathId, given: CalendarDaysIn) -> Any:
    """Decide about days; the rest stays as it is."""
    require(request.auth, "desk.configure")
    known = found.there(reading.calendar(calendar_id))
    days = {day.date: calendars.Day(day.date, day.kind, day.name, day.hours, day.like) for day in given.days}
    calendars.set_days(actor=request.auth, calendar=known, days=days.values(), at=now())
    return Status(204, None)


@router.delete("/{int:calendar_id}/days/{day}", operation_id="clear_calendar_day", response={204: None})
def clear_day(request: MemberRequest, calendar_id: PathId, day: date) -> Any:
    """Take back what was decided about a day."""
    require(request.auth, "desk.configure")
    known = found.there(reading.calendar(calendar_id))
    calendars.clear_day(actor=request.auth, calendar=known, day=day, at=now())
    return Status(204, None)
