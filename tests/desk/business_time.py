"""Working time by brute force: a list of all minutes, each asked what the clock on the wall says.

It shares nothing with the product but the description of a calendar. No spans, no sums of weeks, no table of offsets:
zoneinfo is asked for every quarter of an hour (no zone changes its clocks at another minute in these years).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
YEARS = 1096  # days
ZONES = [
    "UTC",
    "Asia/Shanghai",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Gaza",
    "Asia/Beirut",
    "Asia/Tokyo",
    "Asia/Riyadh",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Kyiv",
    "Europe/Chisinau",
    "Europe/Moscow",
    "Europe/Lisbon",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "Africa/Cairo",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "America/New_York",
    "America/Chicago",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Asuncion",
    "America/Havana",
    "America/Nuuk",
    "America/Scoresbysund",
    "America/Caracas",
    "Pacific/Chatham",
    "Pacific/Auckland",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Easter",
    "Pacific/Marquesas",
    "Pacific/Norfolk",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Australia/Eucla",
    "Australia/Sydney",
    "Antarctica/Troll",
    "Atlantic/Azores",
]


@dataclass(frozen=True)
class Case:
    """A calendar, when a clock starts, how long it may run in seconds, and when it stood still (all in seconds)."""

    zone: str
    week: list[list[tuple[int, int]]]
    days: dict[date, list[tuple[int, int]]]
    start: int
    target: int
    pauses: list[tuple[int, int]]
    window: int


@cache
def wall(zone: str) -> np.ndarray:
    """For every quarter of an hour since FIRST, by how many minutes the clock on the wall is ahead of UTC."""
    there = ZoneInfo(zone)
    quarters = (FIRST + timedelta(minutes=15 * n) for n in range(YEARS * 96))
    offsets = [at.astimezone(there).utcoffset() for at in quarters]
    return np.array([offset.total_seconds() // 60 if offset else 0 for offset in offsets], dtype=np.int64)


def working_minutes(case: Case) -> np.ndarray:
    """For every minute of the window, whether the wall says that work goes on."""
    first = case.start // 60
    minutes = np.arange(first, first + case.window)
    local = minutes + wall(case.zone)[minutes // 15]
    begin = int(local.min()) // 1440 - 1
    open_at = np.zeros((int(local.max()) // 1440 - begin + 3) * 1440, dtype=bool)
    for place in range(len(open_at) // 1440 - 1):
        day = FIRST.date() + timedelta(days=begin + place)
        for opens, closes in case.days.get(day, case.week[day.weekday()]):
            open_at[place * 1440 + opens : place * 1440 + closes] = True
    return open_at[local - begin * 1440]


def counted(case: Case) -> np.ndarray:
    """Seconds that count in each minute of the window: worked, past the start, outside the pauses."""
    first = case.start // 60 * 60
    edges = np.arange(case.window + 1) * 60
    silent = np.zeros(case.window)
    for begin, end in [(first, case.start), *case.pauses]:
        inside = np.clip(edges, begin - first, max(end, begin) - first)
        silent += np.diff(inside)
    return working_minutes(case) * (60 - silent)


def deadline(case: Case) -> int | None:
    """The second by which the target has been worked; None beyond the window."""
    total = np.cumsum(counted(case))
    if total[-1] < case.target:
        return None
    minute = int(np.searchsorted(total, case.target))
    left = case.target - (total[minute - 1] if minute else 0)
    begin = case.start // 60 * 60 + minute * 60
    for second in range(begin, begin + 60):
        stands = second < case.start or any(low <= second < high for low, high in case.pauses)
        left -= not stands
        if left == 0:
            return second + 1
    raise AssertionError("the minute holds fewer seconds than it counted")
