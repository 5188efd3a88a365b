"""When a ticket could be looked at again: presets in the zone of whoever asks, and what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo

from django.db.models import QuerySet

from fengong.desk.models import Ticket
from fengong.people.models import Member

MORNING, EVENING = time(9), time(18)
LATER = timedelta(hours=3)
Opening = Callable[[datetime], datetime | None]
"""From a moment on, when the desk opens next; None if never."""


def presets(at: datetime, zone: tzinfo, opening: Opening | None = None) -> dict[str, datetime]:
    """Times to choose from by name, the nearest first. Days begin when the desk opens, without a calendar at nine."""
    here = at.astimezone(zone)
    today = here.date()
    found = {"hour": at + timedelta(hours=1)}
    if (later := _rounded(here + LATER)).date() == today and later.time() <= EVENING:
        found["later"] = later
    for name, days in (("tomorrow", 1), ("monday", 7 - today.weekday()), ("week", 7)):
        found[name] = _opens(today + timedelta(days=days), zone, opening)
    return found


def due(at: datetime, limit: int) -> QuerySet[Ticket]:
    """Snoozed tickets whose time has come."""
    return Ticket.objects.filter(snoozed_until__lte=at).order_by("snoozed_until")[:limit]


def waking(member: Member, until: datetime) -> QuerySet[Ticket]:
    """A member's snoozed tickets that come back by then, the nearest first."""
    found = Ticket.objects.filter(owner=member, snoozed_until__lte=until)
    return found.select_related("customer__organization", "topic").order_by("snoozed_until")


def _opens(day: date, zone: tzinfo, opening: Opening | None) -> datetime:
    """When the desk opens on that day of the reader, or after it where it does not open on it."""
    midnight = datetime.combine(day, time.min, tzinfo=zone)
    found = opening(midnight) if opening else None
    return found.astimezone(zone) if found else datetime.combine(day, MORNING, tzinfo=zone)


def _rounded(moment: datetime) -> datetime:
    """Up to the next full half hour, which people can remember."""
    bare = moment.replace(minute=0, second=0, microsecond=0)
    halves = -(-((moment - bare) // timedelta(seconds=1)) // 1800)
    return bare + timedelta(minutes=30 * halves)
