"""From weekly patterns to instants: wall clocks, weeks that take turns, holidays. Neither database nor clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fengong.kernel import zones
from fengong.kernel.holidays import PublicDay, public_days
from fengong.rota.models import Pattern
from fengong.rota.reading.spans import Span

Hours = Sequence[Sequence[int]]
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pause:
    """A break as instants, and between which it may be moved."""

    starts_at: datetime
    ends_at: datetime
    window: Span | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One shift of a pattern: the day it begins on, its place in that day, its time and breaks."""

    day: date
    slot: int
    starts_at: datetime
    ends_at: datetime
    pauses: tuple[Pause, ...] = ()


def instant(day: date, minute: int, zone: str) -> datetime:
    """When the wall clocks of a zone first show this minute of a day, or pass it where they leave it out.

    A night in which clocks go back is so an hour longer, and two shifts that touch on the clock touch in time.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    place = ZoneInfo(zone)
    found = wall.replace(tzinfo=place).astimezone(UTC)
    if found.astimezone(place).replace(tzinfo=None) == wall:
        return found
    return max((since for since, _offset in zones.changes(zone) if since <= found), default=found)


def occurrences(pattern: Pattern, first: date, last: date) -> Iterator[Occurrence]:
    """The shifts of a pattern that begin on the days from `first` to `last`, in order."""
    day = max(first, pattern.starts_on)
    last = min(last, pattern.ends_on) if pattern.ends_on else last
    special = public_days(pattern.region) if pattern.region else {}
    while day <= last:
        for slot, (begins, ends) in enumerate(hours_on(pattern, day, special)):
            start, end = instant(day, begins, pattern.zone), instant(day, ends, pattern.zone)
            if start < end:
                yield Occurrence(day, slot, start, end, _pauses(pattern, day, (begins, ends)))
        day += timedelta(days=1)


def hours_on(pattern: Pattern, day: date, special: Mapping[date, PublicDay]) -> Hours:
    """The hours that begin on a day. A weekend that is worked instead of a weekday has that week's first hours."""
    turn = (day - pattern.anchor).days // 7 % len(pattern.weeks)
    week: Sequence[Hours] = pattern.weeks[turn]
    usual = week[day.weekday()]
    public = special.get(day)
    if public is None:
        return usual
    if not public.works:
        return []
    if usual or not pattern.makes_up:
        return usual
    return next((hours for hours in week[:5] if hours), [])


def _pauses(pattern: Pattern, day: date, hours: tuple[int, int]) -> tuple[Pause, ...]:
    """The breaks of a pattern that lie inside these hours of a day."""
    found = []
    for wanted in pattern.breaks:
        begins, window = wanted["begins"], wanted.get("window")
        if not (hours[0] <= begins and begins + wanted["minutes"] <= hours[1]):
            continue
        start, end = (
            instant(day, begins, pattern.zone),
            instant(day, begins + wanted["minutes"], pattern.zone),
        )
        frame = window and (
            instant(day, max(window[0], hours[0]), pattern.zone),
            instant(day, min(window[1], hours[1]), pattern.zone),
        )
        if start < end:
            found.append(Pause(start, end, frame or None))
    return tuple(found)
