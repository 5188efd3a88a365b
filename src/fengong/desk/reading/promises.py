"""Policies of promised times, their calendars, and what a calendar knows of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from fengong.desk.models import Calendar, CalendarDay, ServicePolicy, Ticket
from fengong.desk.models.service_policy import PAUSES, USUAL_PAUSES
from fengong.kernel import holidays
from fengong.kernel.hours import hours_text

AHEAD = timedelta(days=92)
"""How far before the end of what is known of holidays somebody is warned: promises reach into the next year."""
WORKWEEK = [[[540, 720], [810, 1080]] for _ in range(5)] + [[], []]
"""Monday to Friday, nine to six with a lunch break: what a new calendar begins with."""


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of a year that differs from its weekday: what it is, who says so, and its hours in words."""

    date: date
    kind: str
    name: str
    hours: str
    source: str

    @property
    def is_changed(self) -> bool:
        return self.source != "library"


def policies() -> QuerySet[ServicePolicy]:
    """All policies in the order in which they are tried, the default one last, with what they promise."""
    return ServicePolicy.objects.select_related("calendar").prefetch_related("levels", "steps")


def policy(pk: int) -> ServicePolicy | None:
    """One policy with what it promises."""
    return policies().filter(pk=pk).first()


def open_tickets_by_policy() -> dict[int | None, int]:
    """How many tickets that are not resolved each policy counts for."""
    live = Ticket.objects.exclude(status=Ticket.Status.RESOLVED).order_by()
    return dict(live.values_list("policy_id").annotate(Count("id")))


def calendars() -> QuerySet[Calendar]:
    """All calendars, with how many policies use each."""
    return Calendar.objects.annotate(used=Count("policies")).order_by("name")


def calendar(pk: int) -> Calendar | None:
    """One calendar."""
    return calendars().filter(pk=pk).first()


def days_of(of: Calendar, year: int) -> list[YearDay]:
    """What differs from the week in a year: what was decided here, and else what the libraries know."""
    decided = {day.date: day for day in of.days.filter(date__year=year)}
    found = [_decided(of, day) for day in decided.values()]
    for day in holidays.public_days(of.region).values():
        if day.date.year != year or day.date in decided:
            continue
        if not day.works:
            found.append(YearDay(day.date, CalendarDay.Kind.CLOSED, day.name, "", "library"))
        elif of.makes_up and not of.week[day.date.weekday()]:
            like: list[list[int]] = next((hours for hours in of.week if hours), [])
            found.append(YearDay(day.date, CalendarDay.Kind.LIKE, day.name, hours_text(like), "library"))
    return sorted(found, key=lambda day: day.date)


def unknown_from(of: Calendar, at: datetime) -> int | None:
    """The first year, not further than a quarter ahead, of which no holidays are known for a calendar that keeps them.

    A year for which somebody has decided about days or imported them counts as known.
    """
    return _first_unknown(of, at, _decided_years(CalendarDay.objects.filter(calendar=of)))


def calendars_and_ends(at: datetime) -> list[tuple[Calendar, int | None]]:
    """Every calendar with the first year of which it knows no holidays."""
    decided = _decided_years(CalendarDay.objects.all())
    return [(calendar, _first_unknown(calendar, at, decided)) for calendar in calendars()]


def _decided_years(days: QuerySet[CalendarDay]) -> set[tuple[int, int]]:
    return set(days.order_by().values_list("calendar_id", "date__year").distinct())


def _first_unknown(of: Calendar, at: datetime, decided: set[tuple[int, int]]) -> int | None:
    if not of.region:
        return None
    horizon = (at + AHEAD).astimezone(ZoneInfo(of.zone)).year
    ahead = range(holidays.known_until(of.region) + 1, horizon + 1)
    return next((year for year in ahead if (of.pk, year) not in decided), None)


def _decided(of: Calendar, day: CalendarDay) -> YearDay:
    hours = of.week[day.like or 0] if day.kind == CalendarDay.Kind.LIKE else day.hours
    return YearDay(day.date, day.kind, day.name, hours_text(hours), day.source)


__all__ = ["PAUSES", "USUAL_PAUSES", "WORKWEEK", "YearDay"]
