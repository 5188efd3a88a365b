"""When a ticket could be looked at again: presets in the zone of whoever asks, and what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo

from django.db.models import QuerySet

from fengong.desk.models import Ticket
from fengong.people.models import Member

MORNING, EVENING = time(9), time(18)
LATER = timedelta(hours=3)
MOST_DAYS = 14
"""How far to look for a day on which the desk opens."""
Opening = Callable[[date], time | None]


def every_day(day: date) -> time | None:
    """Opening time where no calendar says otherwise: nine o'clock, whatever the day."""
    return MORNING


def presets(at: datetime, zone: tzinfo, opening: Opening = every_day) -> dict[str, datetime]:
    """Times to choose from by name, the nearest first; days begin when the desk opens."""
    here = at.astimezone(zone)
    today = here.date()
    found = {"hour": at + timedelta(hours=1)}
    if (later := _rounded(here + LATER)).date() == today and later.time() <= EVENING:
        found["later"] = later
    found["tomorrow"] = _opening_on(today + timedelta(days=1), zone, opening)
    found["monday"] = _opening_on(today + timedelta(days=7 - today.weekday()), zone, opening)
    found["week"] = _opening_on(today + timedelta(days=7), zone, opening)
    return found


def on(day: date, zone: tzinfo, opening: Opening = every_day) -> datetime:
    """When the desk opens on a day, or nine o'clock on one when it does not open."""
    return datetime.combine(day, opening(day) or MORNING, tzinfo=zone)


def due(at: datetime, limit: int) -> QuerySet[Ticket]:
    """Snoozed tickets whose time has come."""
    return Ticket.objects.filter(snoozed_until__lte=at).order_by("snoozed_until")[:limit]


def waking(member: Member, until: datetime) -> QuerySet[Ticket]:
    """A member's snoozed tickets that come back by then, the nearest first."""
    found = Ticket.objects.filter(owner=member, snoozed_until__lte=until)
    return found.select_related("customer__organization", "topic").order_by("snoozed_until")


def _opening_on(day: date, zone: tzinfo, opening: Opening) -> datetime:
    """When the desk opens on that day, or on the next one when it does."""
    days = (day + timedelta(days=n) for n in range(MOST_DAYS))
    opens = next(((day, hour) for day in days if (hour := opening(day)) is not None), (day, MORNING))
    return datetime.combine(*opens, tzinfo=zone)


def _rounded(moment: datetime) -> datetime:
    """Up to the next full half hour, which people can remember."""
    bare = moment.replace(minute=0, second=0, microsecond=0)
    halves = -(-((moment - bare) // timedelta(seconds=1)) // 1800)
    return bare + timedelta(minutes=30 * halves)
