"""How many tickets came in, by topic: by the hour of past weeks, and by the minute just now."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Min
from django.db.models.functions import TruncHour, TruncMinute

from fengong.desk.models import Ticket
from fengong.emergency.models import Surge

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
WEEK_HOURS = 168
Counts = dict[datetime, int]
"""How many tickets came in from a moment on, by that moment."""


def by_hour(start: datetime, end: datetime) -> dict[int | None, Counts]:
    """Tickets opened in each hour of a span that held any, by topic; under None those of all topics."""
    return _counted(start, end, TruncHour("opened_at", tzinfo=UTC))


def by_minute(start: datetime, end: datetime) -> dict[int | None, Counts]:
    """Tickets opened in each minute of a span that held any, in the same way."""
    return _counted(start, end, TruncMinute("opened_at", tzinfo=UTC))


def _counted(start: datetime, end: datetime, moment: TruncHour | TruncMinute) -> dict[int | None, Counts]:
    opened = Ticket.objects.filter(opened_at__gte=start, opened_at__lt=end).order_by()
    rows = opened.annotate(moment=moment).values_list("moment", "topic").annotate(count=Count("pk"))
    found: dict[int | None, Counts] = defaultdict(lambda: defaultdict(int))
    for when, topic, count in rows:
        found[None][when] += count
        if topic is not None:
            found[topic][when] += count
    return found


def first_ticket_at() -> datetime | None:
    """When the desk's oldest ticket came in."""
    first: datetime | None = Ticket.objects.aggregate(first=Min("opened_at"))["first"]
    return first


def surging_hours(start: datetime, end: datetime) -> dict[int | None, set[datetime]]:
    """Hours of a span in which there was a surge, by topic; they are no measure of what is normal."""
    found: dict[int | None, set[datetime]] = defaultdict(set)
    past = Surge.objects.filter(began_at__lt=end).exclude(ended_at__lt=start)
    for topic, began, ended in past.values_list("topic_id", "began_at", "ended_at"):
        hour = hour_of(max(began, start))
        while hour < min(ended or end, end):
            found[topic].add(hour)
            hour += HOUR
    return found


def hour_of(at: datetime) -> datetime:
    """The beginning of an hour, in UTC."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def minute_of(at: datetime) -> datetime:
    """The beginning of a minute, in UTC."""
    return at.astimezone(UTC).replace(second=0, microsecond=0)
