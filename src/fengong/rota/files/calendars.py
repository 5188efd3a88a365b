"""Rosters as iCalendar (RFC 5545): read event by event with the line each begins on, and written for a member."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from fengong.kernel.errors import Invalid
from fengong.rota.files.lines import KINDS, SHIFT, Entry, Refusal, kind_of
from fengong.rota.reading.weeks import instant

BEGINS, ENDS = "BEGIN:VEVENT", "END:VEVENT"
REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")


@dataclass(frozen=True, slots=True)
class Shown:
    """An event to be written."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    category: str
    description: str = ""


def read_calendar(content: bytes, zone: str) -> Iterator[Entry | Refusal]:
    """Every event as what it wants or why it was refused. Invalid where this is no calendar at all."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Invalid(_("A calendar file is text in UTF-8."), field="content") from error
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise Invalid(_("This is not a calendar file."), field="content")
    frame, blocks = _parts(lines)
    for line, block, whole in blocks:
        key = _uid(block)
        try:
            if not whole:
                raise Invalid(_("The event has no end."))
            yield _read(line, _event(frame, block), zone)
        except Invalid as refused:
            yield Refusal(line, refused.field, key, refused.message)


def write_calendar(events: Iterable[Shown], *, name: str, at: datetime) -> bytes:
    """A calendar with these events, times in UTC."""
    calendar = Calendar()
    calendar.add("prodid", "-//Fengong//Roster//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for shown in events:
        event = Event()
        event.add("uid", shown.uid)
        event.add("dtstamp", at.astimezone(UTC))
        event.add("dtstart", shown.starts_at.astimezone(UTC))
        event.add("dtend", shown.ends_at.astimezone(UTC))
        event.add("summary", shown.summary)
        event.add("categories", [shown.category])
        if shown.description:
            event.add("description", shown.description)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _parts(lines: list[str]) -> tuple[list[str], list[tuple[int, list[str], bool]]]:
    """What stands around the events, zones above all, and each event with the line it begins on."""
    frame: list[str] = []
    blocks: list[tuple[int, list[str], bool]] = []
    inside: list[str] | None = None
    begun = 0
    for number, line in enumerate(lines, start=1):
        word = line.strip().upper()
        if word == BEGINS:
            if inside is not None:
                blocks.append((begun, inside, False))
            inside, begun = [line], number
        elif inside is None:
            frame.append(line)
        else:
            inside.append(line)
            if word == ENDS:
                blocks.append((begun, inside, True))
                inside = None
    if inside is not None:
        blocks.append((begun, inside, False))
    return [line for line in frame if line.strip().upper() != "END:VCALENDAR"], blocks


def _event(frame: list[str], block: list[str]) -> Any:
    try:
        found = Calendar.from_ical("\r\n".join([*frame, *block, "END:VCALENDAR", ""]))
        return next(iter(found.walk("VEVENT")))
    except (ValueError, KeyError, IndexError, StopIteration, TypeError, AttributeError) as error:
        raise Invalid(_("The event cannot be read: %(why)s") % {"why": str(error)[:200]}) from error


def _read(line: int, event: Any, zone: str) -> Entry:
    if not event.get("UID"):
        raise Invalid(_("The event has no UID, so it could not be known again."), field="UID")
    for name in REPEATS:
        if name in event:
            raise Invalid(_("Events that repeat are not taken: write a weekly pattern instead."), field=name)
    starts, ends = _time(event, "DTSTART"), _end(event)
    whole = not isinstance(starts, datetime)
    if whole != (not isinstance(ends, datetime)):
        raise Invalid(_("Give both ends with a time of day, or neither."), field="DTEND")
    span = (_at(starts, zone, "DTSTART"), _at(ends, zone, "DTEND"))
    if span[1] <= span[0]:
        raise Invalid(_("A shift must end after it starts."), field="DTEND")
    return Entry(
        line=line,
        key=str(event["UID"])[:200],
        member=_member(event),
        kind=_kind(event),
        starts_at=span[0],
        ends_at=span[1],
        whole_days=whole,
        cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
    )


def _time(event: Any, name: str) -> date:
    try:
        found = event.decoded(name)
    except (KeyError, ValueError, AttributeError, TypeError):
        found = None
    if not isinstance(found, date):
        raise Invalid(_("%(name)s is missing or no time.") % {"name": name}, field=name)
    return found


def _end(event: Any) -> date:
    if "DTEND" in event or "DURATION" not in event:
        return _time(event, "DTEND")
    try:
        found: date = _time(event, "DTSTART") + event.decoded("DURATION")
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise Invalid(_("%(name)s is missing or no time.") % {"name": "DURATION"}, field="DURATION") from None
    return found


def _at(moment: date, zone: str, name: str) -> datetime:
    """An instant; days begin, and clocks without a zone run, in the zone given for the file."""
    if not 2000 <= moment.year < 2200:
        raise Invalid(_("Only years from 2000 to 2199 are taken."), field=name)
    if not isinstance(moment, datetime):
        return instant(moment, 0, zone)
    if moment.tzinfo is None:
        return instant(moment.date(), moment.hour * 60 + moment.minute, zone)
    return moment.astimezone(UTC)


def _member(event: Any) -> str:
    """Whom an event is about: its first attendee, or whoever the file is read for."""
    found = event.get("ATTENDEE", "")
    first = found[0] if isinstance(found, list) else found
    return re.sub(r"^mailto:", "", str(first), flags=re.IGNORECASE).strip()


def _kind(event: Any) -> str:
    """By the first category that is a word of ours; an event without one is a shift."""
    given = event.get("CATEGORIES")
    lists = given if isinstance(given, list) else [given] if given is not None else []
    words = [str(word) for each in lists for word in getattr(each, "cats", [each])]
    known = [word for word in words if word.strip().lower() in KINDS]
    if words and not known:
        kind_of(words[0])
    return kind_of(known[0]) if known else SHIFT


def _uid(block: list[str]) -> str:
    found = (line.partition(":")[2].strip() for line in block if line.upper().startswith("UID"))
    return next(found, "")[:200]
