"""The verb that takes days of a calendar from a file: a table (CSV) or a calendar feed (ICS).

A line that cannot be read is told by its number and left out; the others count.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar as Feed

from fengong.desk.actions.calendars import Day, set_days
from fengong.desk.models import Calendar, CalendarDay
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.hours import parse_hours
from fengong.people.policies import require

LARGEST = 1_000_000
LONGEST_EVENT = 60
"""Days; a holiday does not take longer."""
DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
CLOSED = {"closed", "holiday", "off", "rest", "休", "休息", "放假", "节假日", "关闭"}
WORKED = {"work", "workday", "working", "班", "上班", "调休上班", "补班", "工作日"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: how many days were written down, and which lines were not, with the reason."""

    days: int
    refused: tuple[tuple[int, str], ...]


def import_days(*, actor: Actor, calendar: Calendar, name: str, content: bytes, at: datetime) -> Taken:
    """Write down the days of a file. Columns of a table: date; kind or hours; name."""
    require(actor, "desk.configure")
    if len(content) > LARGEST:
        raise Invalid(_("The file is larger than 1 MB."), field="file")
    text = _text(content)
    lines = _events(text) if name.lower().endswith(".ics") or "BEGIN:VCALENDAR" in text[:200] else _rows(text)
    days: dict[date, Day] = {}
    refused: list[tuple[int, str]] = []
    for number, found in lines:
        if isinstance(found, Invalid):
            refused.append((number, found.message))
        else:
            days[found.date] = found
    if days:
        source = CalendarDay.Source.IMPORT
        set_days(actor=actor, calendar=calendar, days=days.values(), at=at, source=source)
    return Taken(len(days), tuple(refused))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid(_("The file is neither UTF-8 nor GB18030."), field="file")


def _rows(text: str) -> Iterator[tuple[int, Day | Invalid]]:
    reader = csv.reader(io.StringIO(text))
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells) or (reader.line_num == 1 and not cells[0][:1].isdigit()):
            continue
        try:
            yield reader.line_num, _day(*([*cells, "", "", ""])[:3])
        except Invalid as refusal:
            yield reader.line_num, refusal


def _day(day: str, kind: str, name: str) -> Day:
    on = _date(day)
    if not kind or kind.lower() in CLOSED:
        return Day(on, name=name)
    if kind.lower() in WORKED:
        return Day(on, kind=CalendarDay.Kind.LIKE, like=0, name=name)
    return Day(on, kind=CalendarDay.Kind.HOURS, hours=parse_hours(kind), name=name)


def _date(text: str) -> date:
    found = DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else _not_a_date(text)
    except ValueError:
        return _not_a_date(text)


def _not_a_date(text: str) -> date:
    raise Invalid(_("“%(text)s” is not a date such as 2027-01-01.") % {"text": text})


def _events(text: str) -> Iterator[tuple[int, Day | Invalid]]:
    """All-day events, closed unless their title says that they are worked; `number` counts the events."""
    try:
        feed = Feed.from_ical(text)
    except ValueError:
        raise Invalid(_("The file is not a calendar feed."), field="file") from None
    for number, event in enumerate(feed.walk("VEVENT"), start=1):
        start, end = event.get("DTSTART"), event.get("DTEND")
        if start is None or isinstance(start.dt, datetime):
            yield number, Invalid(_("This event does not take whole days."))
            continue
        title = str(event.get("SUMMARY", ""))
        works = any(word in title.lower() for word in WORKED - {"work"})
        last = end.dt if end is not None else start.dt + timedelta(days=1)
        for offset in range(min(max((last - start.dt).days, 1), LONGEST_EVENT)):
            on = start.dt + timedelta(days=offset)
            kind = CalendarDay.Kind.LIKE if works else CalendarDay.Kind.CLOSED
            yield number, Day(on, kind=kind, like=0 if works else None, name=title)
