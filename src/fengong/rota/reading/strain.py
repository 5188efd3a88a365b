"""What strains a member in a week of the roster: too little rest, too many hours, too many days in a row.

The usual bounds are those of China's Labour Law (articles 36 and 38: 44 hours a week on average, one day of rest in
seven) and, for rest between two shifts, of the European Directive 2003/88/EC (article 3: eleven hours).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from fengong.rota.reading.spans import Span, joined

REST = timedelta(hours=11)
MOST_HOURS, MOST_DAYS = 44.0, 6
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Strain:
    """One of `rest`, `hours`, `days`, with what it amounts to, and from when."""

    kind: str
    amount: float
    at: datetime


def strains(shifts: Iterable[Span], frame: Span, *, hours: float, zone: str) -> list[Strain]:
    """What strains somebody who works these shifts, so many `hours` of them in the frame, breaks left out; earlier
    shifts count for rest and days in a row."""
    (start, end), spans = frame, joined(shifts)
    found = [
        Strain("rest", (after[0] - before[1]) / timedelta(hours=1), after[0])
        for before, after in pairwise(spans)
        if start <= after[0] < end and after[0] - before[1] < REST
    ]
    if hours > MOST_HOURS:
        found.append(Strain("hours", hours, start))
    return [*found, *_without_a_day_off(spans, start, end, zone)]


def _without_a_day_off(spans: list[Span], start: datetime, end: datetime, zone: str) -> list[Strain]:
    """The longest row of days worked that ends in the span or goes on beyond it, where it is too long."""
    place = ZoneInfo(zone)
    days = sorted({begins.astimezone(place).date() for begins, _ends in spans if begins < end})
    longest, row = 0, 0
    for number, day in enumerate(days):
        row = row + 1 if number and day - days[number - 1] == ONE_DAY else 1
        if day >= start.astimezone(place).date():
            longest = max(longest, row)
    return [Strain("days", float(longest), start)] if longest > MOST_DAYS else []
