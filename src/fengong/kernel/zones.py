"""When the clocks of a zone change, as plain numbers for arithmetic that may not read the zone tables itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC)
"""Changes outside these years are left out: the first and the last offset go on."""
STEP = timedelta(days=7)
"""No zone has changed its clocks twice within a week in these years."""


@lru_cache
def names() -> tuple[str, ...]:
    """Every zone that can be chosen."""
    return tuple(sorted(name for name in available_timezones() if "/" in name or name == "UTC"))


def is_zone(name: str) -> bool:
    """Whether there is such a zone."""
    return name in available_timezones()


@lru_cache(maxsize=64)
def changes(name: str) -> tuple[tuple[datetime, timedelta], ...]:
    """From when on which offset from UTC holds, oldest first; the first holds before that too."""
    zone = ZoneInfo(name)
    offset = _offset(FIRST, zone)
    found = [(FIRST, offset)]
    at = FIRST
    while at < LAST:
        later = at + STEP
        if _offset(later, zone) != offset:
            changed = _first_change(at, later, zone)
            offset = _offset(later, zone)
            found.append((changed, offset))
        at = later
    return tuple(found)


def _first_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second at which the offset becomes another, by halving."""
    second, old = timedelta(seconds=1), _offset(before, zone)
    while after - before > second:
        middle = (before + (after - before) // 2).replace(microsecond=0)
        if _offset(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
