"""Verbs on business calendars. Every change makes a new edition: open tickets are recomputed from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from fengong.desk.actions.editions import new_edition
from fengong.desk.events import CalendarDaysSet, CalendarRemoved, CalendarSaved
from fengong.desk.models import Calendar, CalendarDay
from fengong.kernel import holidays, zones
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.policies import require

Week = Sequence[Sequence[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Day:
    """What somebody decided about a day: closed, open at `hours`, or worked like weekday `like` (0 is Monday)."""

    date: date
    kind: str = CalendarDay.Kind.CLOSED
    name: str = ""
    hours: Sequence[Sequence[int]] = field(default_factory=list)
    like: int | None = None


def save_calendar(
    *,
    actor: Actor,
    name: str,
    zone: str,
    week: Week,
    at: datetime,
    region: str = "",
    makes_up: bool = True,
    calendar: Calendar | None = None,
) -> Calendar:
    """Write down when people work: a new calendar, or another state of one that stands."""
    require(actor, "desk.configure")
    _check(name, zone, week, region)
    with transaction.atomic():
        saved = calendar or Calendar()
        if Calendar.objects.filter(name=name.strip()).exclude(pk=saved.pk).exists():
            raise Conflict(_("There is a calendar of this name already."), field="name")
        saved.name, saved.zone, saved.region, saved.makes_up = name.strip(), zone, region, makes_up
        saved.week = [[list(span) for span in day] for day in week]
        saved.save()
        new_edition(at=at)
        record(CalendarSaved(calendar=saved.pk, name=saved.name), actor=actor, at=at)
    return saved


def remove_calendar(*, actor: Actor, calendar: Calendar, at: datetime) -> None:
    """Remove a calendar that no policy uses."""
    require(actor, "desk.configure")
    pk = calendar.pk
    with transaction.atomic():
        try:
            Calendar.objects.filter(pk=pk).delete()
        except ProtectedError:
            raise Conflict(_("A policy still uses this calendar.")) from None
        record(CalendarRemoved(calendar=pk, name=calendar.name), actor=actor, at=at)


def set_days(
    *,
    actor: Actor,
    calendar: Calendar,
    days: Iterable[Day],
    at: datetime,
    source: str = CalendarDay.Source.ADMINISTRATOR,
) -> int:
    """Decide about days, whatever the libraries of holidays say of them; returns how many."""
    require(actor, "desk.configure")
    rows = [_row(calendar, day, source) for day in days]
    with transaction.atomic():
        CalendarDay.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["calendar", "date"],
            update_fields=["kind", "hours", "like", "name", "source"],
        )
        new_edition(at=at)
        fact = CalendarDaysSet(calendar=calendar.pk, days=len(rows), source=source)
        record(fact, actor=actor, at=at)
    return len(rows)


def clear_day(*, actor: Actor, calendar: Calendar, day: date, at: datetime) -> bool:
    """Take back what was decided about a day; returns whether anything was."""
    require(actor, "desk.configure")
    with transaction.atomic():
        gone, _by_table = CalendarDay.objects.filter(calendar=calendar, date=day).delete()
        if gone:
            new_edition(at=at)
            fact = CalendarDaysSet(calendar=calendar.pk, days=gone, source="cleared")
            record(fact, actor=actor, at=at)
    return bool(gone)


def _check(name: str, zone: str, week: Week, region: str) -> None:
    if not name.strip():
        raise Invalid(_("A calendar needs a name."), field="name")
    if not zones.is_zone(zone):
        raise Invalid(_("There is no time zone of this name."), field="zone")
    if region and region not in holidays.regions():
        raise Invalid(_("No holidays are known for this region."), field="region")
    if len(week) != 7:
        raise Invalid(_("A week has seven days."), field="week")
    for day in week:
        _check_hours(day)


def _check_hours(day: Sequence[Sequence[int]]) -> None:
    ended = 0
    for span in day:
        if len(span) != 2 or not ended <= span[0] < 1440 or not span[0] < span[1] <= span[0] + 1440:
            raise Invalid(_("The hours of a day must be in order and must not overlap."), field="week")
        ended = span[1]


def _row(calendar: Calendar, day: Day, source: str) -> CalendarDay:
    if day.kind not in CalendarDay.Kind.values:
        raise Invalid(_("A day is closed, open at other hours, or like another weekday."), field="kind")
    if day.kind == CalendarDay.Kind.LIKE and day.like not in range(7):
        raise Invalid(_("Say which weekday it is worked like."), field="like")
    if day.kind == CalendarDay.Kind.HOURS and not day.hours:
        raise Invalid(_("Say from when until when it is open."), field="hours")
    _check_hours(day.hours)
    return CalendarDay(
        calendar=calendar,
        date=day.date,
        kind=day.kind,
        hours=[list(span) for span in day.hours] if day.kind == CalendarDay.Kind.HOURS else [],
        like=day.like if day.kind == CalendarDay.Kind.LIKE else None,
        name=day.name.strip()[:120],
        source=source,
    )
