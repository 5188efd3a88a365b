"""How much work usually comes in each hour of a week, in minutes of effort."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.db.models.functions import TruncHour

from fengong.desk.models import Ticket

WEEKS = 4
"""Weeks of the past that the mean is taken over."""


def minutes_by_hour(*, at: datetime, zone: str) -> list[float]:
    """Minutes of effort that came in each of the 168 hours of a week from Monday on, on the wall clocks of a zone, as
    a mean over the last weeks; a desk that is younger counts the weeks since its first ticket of that time."""
    since = at - timedelta(weeks=WEEKS)
    came = Ticket.objects.filter(opened_at__gte=since, opened_at__lt=at)
    rows = (
        came.annotate(hour=TruncHour("opened_at", tzinfo=UTC))
        .values_list("hour")
        .annotate(minutes=Sum("effort"))
    )
    found, place, first = [0.0] * 168, ZoneInfo(zone), at
    for hour, minutes in rows.order_by():
        wall = hour.astimezone(place)
        found[24 * wall.weekday() + wall.hour] += minutes
        first = min(first, hour)
    weeks = max((at - first) / timedelta(weeks=1), 1.0)
    return [one / weeks for one in found]
