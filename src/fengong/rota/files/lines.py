"""What a line of a roster file says, and how times, kinds and breaks are read. Neither database nor clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid
from fengong.rota.reading.spans import Span
from fengong.rota.reading.weeks import Pause, instant

SHIFT, STANDBY = "shift", "standby"
KINDS = {
    "": SHIFT, "shift": SHIFT, "班次": SHIFT, "上班": SHIFT,
    "standby": STANDBY, "on call": STANDBY, "待命": STANDBY, "值守": STANDBY,
    "annual": "annual", "annual leave": "annual", "年假": "annual",
    "sick": "sick", "sick leave": "sick", "病假": "sick",
    "training": "training", "培训": "training",
    "other": "other", "leave": "other", "其他": "other", "请假": "other",
}  # fmt: skip
MOMENT = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
DAY = 1440


@dataclass(frozen=True, slots=True)
class Entry:
    """A shift, a standby or a leave that a file wants; `cancelled` says that it is no more."""

    line: int
    key: str
    member: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    whole_days: bool = False
    breaks: tuple[Pause, ...] = ()
    answers_within: int = 30
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that was not taken, the column where one is to blame, and why."""

    line: int
    column: str
    key: str
    reason: str


def kind_of(text: str) -> str:
    """What a word stands for."""
    found = KINDS.get(text.strip().lower())
    if found is None:
        raise Invalid(
            _("“%(word)s” is none of shift, standby, annual, sick, training, other.") % {"word": text},
            field="kind",
        )
    return found


def span_of(start: str, end: str, zone: str) -> tuple[Span, bool]:
    """A span from its two ends, and whether it is of whole days; the last day is part of it. An end may be a time of
    day alone: of the same day, or of the next where it comes before the start."""
    day, begins = _moment(start, "start", zone)
    clock = CLOCK.fullmatch(end.strip())
    if clock and begins is not None:
        minute = _minute(int(clock[1]), int(clock[2]), "end")
        first = instant(day, minute, zone)
        return (begins, first if first > begins else instant(day, minute + DAY, zone)), False
    last, ends = _moment(end, "end", zone)
    if (begins is None) != (ends is None):
        raise Invalid(_("Give both ends with a time of day, or neither."), field="end")
    if begins is not None and ends is not None:
        return (begins, ends), False
    return (instant(day, 0, zone), instant(last, DAY, zone)), True


def breaks_of(text: str, day: date, span: Span, zone: str) -> tuple[Pause, ...]:
    """Breaks as `12:00-12:30; 15:00-15:15`, the first times of day after the shift begins."""
    return tuple(_break(part.strip(), day, span, zone) for part in re.split(r"[;；]", text) if part.strip())


def overlapping(breaks: tuple[Pause, ...]) -> bool:
    """Whether two breaks share time."""
    ordered = sorted((one.starts_at, one.ends_at) for one in breaks)
    return any(after[0] < before[1] for before, after in pairwise(ordered))


def _break(part: str, day: date, span: Span, zone: str) -> Pause:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})\s*[-–—~至到]\s*(\d{1,2}):(\d{2})", part)
    if found is None:
        raise Invalid(
            _("“%(part)s” is not a time of day such as 09:00-12:00.") % {"part": part}, field="breaks"
        )
    hour, minute, until, past = map(int, found.groups())
    begins, ends = _minute(hour, minute, "breaks"), _minute(until, past, "breaks")
    length = (ends - begins) % DAY
    start = instant(day, begins, zone)
    if start < span[0]:
        start = instant(day, begins + DAY, zone)
    return Pause(start, start + timedelta(minutes=length))


def _moment(text: str, field: str, zone: str) -> tuple[date, datetime | None]:
    """A day, and an instant where a time of day is given; with an offset it is taken as it stands."""
    text = text.strip()
    found = MOMENT.fullmatch(text)
    try:
        if found is None:
            exact = datetime.fromisoformat(text)
            if exact.tzinfo is None:
                raise ValueError(text)
            return exact.date(), _of_this_age(exact, field)
        year, month, number, hour, minute, _second = found.groups()
        day = date(int(year), int(month), int(number))
    except ValueError:
        raise Invalid(
            _("“%(text)s” is not a time such as 2026-03-02 09:00.") % {"text": text[:60]}, field=field
        ) from None
    if not 2000 <= day.year < 2200:
        raise Invalid(_("Only years from 2000 to 2199 are taken."), field=field)
    return day, None if hour is None else instant(day, _minute(int(hour), int(minute), field), zone)


def _of_this_age(exact: datetime, field: str) -> datetime:
    if not 2000 <= exact.year < 2200:
        raise Invalid(_("Only years from 2000 to 2199 are taken."), field=field)
    return exact.astimezone(UTC)


def _minute(hour: int, minute: int, field: str) -> int:
    if hour > 24 or minute > 59 or hour * 60 + minute > DAY:
        raise Invalid(
            _("“%(part)s” is beyond the end of the day.") % {"part": f"{hour}:{minute:02}"}, field=field
        )
    return hour * 60 + minute
