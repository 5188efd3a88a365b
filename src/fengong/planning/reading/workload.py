"""The work ahead in minutes of effort: what stands, what comes and goes a day, and when it would be cleared.

Work that stands is what waits, with its whole effort, and what members hold, with what it holds of their capacity. A
team's pace is the effort it finished per minute on shift in the last four weeks; where nothing was finished yet, no
pace is known and no time to clear is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from fengong.desk.models import Ticket
from fengong.desk.queries import OWNED
from fengong.people.models import Topic
from fengong.rota.models import Shift

MEASURED = 28
"""Days that pace and what usually comes are taken from."""
SHOWN = 14
"""Days of the past in the picture of the backlog."""
RECENT = 7
"""Days that the trend of a topic looks at."""
FARTHEST = 90
"""Days ahead beyond which a backlog counts as never cleared."""
DAY = timedelta(days=1)
Span = tuple[datetime, datetime, float, float]
"""From when until when, as a share of a day, and the minutes on shift in it."""


@dataclass(frozen=True, slots=True)
class Day:
    """What came and went on a day, and what stood at its end, in minutes of effort."""

    day: date
    came: int
    done: int
    stood: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A topic's part of the work; `came` and `done` are minutes of the last days, `days` to clear at that pace."""

    topic: Topic | None
    tickets: int
    minutes: int
    came: int
    done: int

    @property
    def days(self) -> float | None:
        """How many days until it is cleared if nothing more came; None while nothing of it is being finished."""
        return self.minutes / (self.done / RECENT) if self.done else None

    @property
    def net(self) -> int:
        """By how many minutes a day it grows, or shrinks below zero."""
        return round((self.came - self.done) / RECENT)


@dataclass(frozen=True, slots=True)
class Ahead:
    """The work ahead of everybody. Minutes; `pace` is effort finished per minute on shift, None where unknown."""

    tickets: int
    waiting: int
    held: int
    pace: float | None
    staffed: int
    cleared: datetime | None
    kept_up: datetime | None
    days: list[Day] = field(default_factory=list)
    topics: list[Slice] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return self.waiting + self.held

    @property
    def team_hours(self) -> float | None:
        """Hours the team as a whole must be on shift for it: a team of ten does ten of them in an hour."""
        return self.minutes / self.pace / 60 if self.pace else None

    @property
    def net(self) -> int:
        """By how many minutes a day the backlog grew in the last days."""
        recent = self.days[-RECENT:]
        return round(sum(day.came - day.done for day in recent) / len(recent)) if recent else 0


def ahead(at: datetime) -> Ahead:
    """The work ahead at one instant; a fixed number of statements at any size."""
    zone = timezone.get_default_timezone()
    today = at.astimezone(zone).date()
    open_now = _standing()
    came, done = _by_day("opened_at", at, zone), _by_day("resolved_at", at, zone)
    staffed = _staffed(at, zone)
    worked = sum(staffed.get(today - n * DAY, 0) for n in range(1, MEASURED + 1))
    finished = sum(done.get(today - n * DAY, 0) for n in range(1, MEASURED + 1))
    pace = finished / worked if worked and finished else None
    waiting, held = (sum(row[place] for row in open_now.values()) for place in (1, 2))
    rest = _rest_of_today(at, zone, staffed)
    minutes = waiting + held
    return Ahead(
        tickets=sum(row[0] for row in open_now.values()),
        waiting=waiting,
        held=held,
        pace=pace,
        staffed=sum(staffed.get(today + n * DAY, 0) for n in range(RECENT)),
        cleared=_cleared(minutes, pace, rest, {}),
        kept_up=_cleared(minutes, pace, rest, _usual(came, today)),
        days=_days(came, done, today, sum(row[3] for row in open_now.values())),
        topics=_topics(open_now, at),
    )


def _standing() -> dict[int | None, tuple[int, int, int, int]]:
    """Tickets, waiting, held and whole minutes by topic."""
    waits = Sum("effort", default=0, filter=Q(status=Ticket.Status.WAITING))
    rows = (
        Ticket.objects.filter(status__in=(Ticket.Status.WAITING, *OWNED))
        .order_by()
        .values("topic_id")
        .annotate(count=Count("pk"), waits=waits, holds=Sum("held"), whole=Sum("effort"))
    )
    return {row["topic_id"]: (row["count"], row["waits"], row["holds"], row["whole"]) for row in rows}


def _by_day(moment: str, at: datetime, zone: tzinfo) -> dict[date, int]:
    """Minutes of effort of the tickets whose moment fell on a day."""
    since = _midnight(at.astimezone(zone).date() - MEASURED * DAY, zone)
    rows = (
        Ticket.objects.filter(**{f"{moment}__gte": since, f"{moment}__lte": at})
        .order_by()
        .values_list(TruncDate(moment, tzinfo=zone))
        .annotate(Sum("effort"))
    )
    return dict(rows)


def _staffed(at: datetime, zone: tzinfo) -> dict[date, int]:
    """Minutes on shift by day: as it was, as the roster says for the days it reaches, and as usual beyond."""
    today = at.astimezone(zone).date()
    first, last = _midnight(today - MEASURED * DAY, zone), _midnight(today + FARTHEST * DAY, zone)
    found: dict[date, int] = defaultdict(int)
    rows = Shift.objects.filter(ends_at__gt=first, starts_at__lt=last, member__active=True)
    for starts_at, ends_at in rows.values_list("starts_at", "ends_at"):
        found[starts_at.astimezone(zone).date()] += round((ends_at - starts_at) / timedelta(minutes=1))
    usual = _usual(found, today)
    planned_until = max(found, default=today)
    for n in range(1, FARTHEST + 1):
        day = today + n * DAY
        if day > planned_until:
            found[day] = usual[day.weekday()]
    return found


def _usual(by_day: Mapping[date, int], today: date) -> dict[int, int]:
    """The mean of the last weeks by day of the week."""
    weeks = MEASURED // 7
    return {
        weekday: sum(
            by_day.get(today - n * DAY, 0) for n in range(1, MEASURED + 1) if _on(today, n) == weekday
        )
        // weeks
        for weekday in range(7)
    }


def _on(today: date, days_ago: int) -> int:
    return (today - days_ago * DAY).weekday()


def _rest_of_today(at: datetime, zone: tzinfo, staffed: Mapping[date, int]) -> list[Span]:
    """The days ahead, of today only what is left of it."""
    today = at.astimezone(zone).date()
    days = [
        (_midnight(today + n * DAY, zone), _midnight(today + (n + 1) * DAY, zone)) for n in range(FARTHEST)
    ]
    parts = [(max(start, at), end, (end - max(start, at)) / (end - start)) for start, end in days]
    return [(start, end, share, staffed.get(end.date() - DAY, 0) * share) for start, end, share in parts]


def _cleared(
    minutes: float, pace: float | None, days: Iterable[Span], comes: Mapping[int, int]
) -> datetime | None:
    """The moment at which nothing is left; None when that is not in sight."""
    if pace is None:
        return None
    left = minutes
    for start, end, share, staffed in days:
        can = staffed * pace
        left += comes.get(start.weekday(), 0) * share
        if left <= can:
            return start + (end - start) * (left / can if can else 0.0)
        left -= can
    return None


def _days(came: Mapping[date, int], done: Mapping[date, int], today: date, whole: int) -> list[Day]:
    """The last days with the whole effort that stood at their end, worked back from now."""
    found, stood = [], whole
    for n in range(SHOWN):
        day = today - n * DAY
        found.append(Day(day, came.get(day, 0), done.get(day, 0), max(stood, 0)))
        stood -= came.get(day, 0) - done.get(day, 0)
    return found[::-1]


def _topics(standing: Mapping[int | None, tuple[int, int, int, int]], at: datetime) -> list[Slice]:
    """Every topic with open work, the longest to clear first."""
    since = at - RECENT * DAY
    came, done = (_by_topic(moment, since) for moment in ("opened_at", "resolved_at"))
    known = Topic.objects.in_bulk([pk for pk in standing if pk])
    found = [
        Slice(known.get(pk or 0), count, waiting + held, came.get(pk, 0), done.get(pk, 0))
        for pk, (count, waiting, held, _whole) in standing.items()
    ]
    return sorted(found, key=lambda one: -one.minutes)


def _by_topic(moment: str, since: datetime) -> dict[int | None, int]:
    found = Ticket.objects.filter(**{f"{moment}__gte": since}).order_by()
    return dict(found.values_list("topic_id").annotate(Sum("effort")))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)
