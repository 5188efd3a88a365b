"""Values that are times: `2d`, `30分钟`, `today`, `昨天`, `2026-03-01`, `2026-03`, `2026-03-01..2026-03-05`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from fengong.desk.language.errors import wrong
from fengong.desk.language.tree import Value

UNITS = {
    "m": 1, "min": 1, "分": 1, "分钟": 1,
    "h": 60, "时": 60, "小时": 60,
    "d": 1440, "天": 1440, "日": 1440,
    "w": 10080, "周": 10080, "星期": 10080,
    "mo": 43200, "月": 43200, "个月": 43200,
    "y": 525600, "年": 525600,
}  # fmt: skip
DAYS = {
    "today": "today", "今天": "today",
    "yesterday": "yesterday", "昨天": "yesterday",
    "tomorrow": "tomorrow", "明天": "tomorrow",
    "week": "week", "本周": "week", "这周": "week",
    "month": "month", "本月": "month", "这个月": "month",
}  # fmt: skip
LONGEST_MINUTES = 525600 * 200
_AGE = re.compile(rf"(\d{{1,9}})({'|'.join(sorted(UNITS, key=len, reverse=True))})", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Span:
    """Times from `start` up to but not including `end`."""

    start: datetime
    end: datetime


def read(value: Value, at: datetime) -> timedelta | Span:
    """A length of time, or days as the reader's zone has them; Invalid for neither."""
    text = value.text.strip().lower()
    if found := _AGE.fullmatch(text):
        minutes = int(found[1]) * UNITS[found[2].lower()]
        return timedelta(minutes=min(minutes, LONGEST_MINUTES))
    first, dots, last = text.partition("..")
    try:
        begin = _days(first, at)
        end = _days(last, at) if dots else begin
        return Span(_midnight(begin[0]), _midnight(end[1]))
    except (ValueError, OverflowError):
        expected = _("A time is expected here, such as 30m, 2h, 7d, today or 2026-03-01.")
        raise wrong(value.place, expected) from None


def _days(text: str, at: datetime) -> tuple[date, date]:
    """The first day, and the day after the last."""
    if found := _DATE.fullmatch(text):
        return _calendar(int(found[1]), found[2], found[3])
    today, word = timezone.localdate(at), DAYS.get(text)
    day, week = timedelta(days=1), timedelta(days=today.weekday())
    known = {
        "today": (today, today + day),
        "yesterday": (today - day, today),
        "tomorrow": (today + day, today + 2 * day),
        "week": (today - week, today - week + 7 * day),
    }
    if word == "month":
        return _calendar(today.year, str(today.month), None)
    if word is None:
        raise ValueError(text)
    return known[word]


def _calendar(year: int, month: str | None, day: str | None) -> tuple[date, date]:
    if not 1971 <= year < 2200:
        raise ValueError(year)
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    if day is None:
        first = date(year, int(month), 1)
        return first, (first + timedelta(days=32)).replace(day=1)
    only = date(year, int(month), int(day))
    return only, only + timedelta(days=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
