"""From tables to the engine and back: working time of calendars. No other module of this app knows the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from fengong.engine.timeline.working import ALWAYS, Hours, Pattern, WorkingTime, Zone
from fengong.kernel import zones

MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Week = Sequence[Sequence[Sequence[int]]]
"""Seven days from Monday on, each a list of [minute it begins, minute it ends]."""


def stamp(at: datetime) -> int:
    """The engine's time: microseconds since 1970 in UTC."""
    return (at - EPOCH) // MICROSECOND


def moment(stamped: int) -> datetime:
    """The engine's time as an aware datetime."""
    return EPOCH + stamped * MICROSECOND


@lru_cache(maxsize=64)
def zone(name: str) -> Zone:
    """A zone for the engine."""
    found = zones.changes(name)
    return Zone(tuple(stamp(at) for at, _ in found), tuple(offset // MICROSECOND for _, offset in found))


def working_time(week: Week, days: Mapping[date, Sequence[Sequence[int]]], zone_name: str) -> WorkingTime:
    """Working time by weekly hours and the days that differ from them."""
    hours = tuple(_hours(day) for day in week)
    return WorkingTime(
        Pattern(hours, {day.toordinal(): _hours(spans) for day, spans in days.items()}, zone(zone_name))
    )


def _hours(spans: Sequence[Sequence[int]]) -> Hours:
    return tuple((begins, ends) for begins, ends in spans)


__all__ = ["ALWAYS", "WorkingTime", "moment", "stamp", "working_time", "zone"]
