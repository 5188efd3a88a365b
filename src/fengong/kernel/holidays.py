"""Public holidays by region, as two libraries know them; for China each checks the other.

China moves working days around its holidays by a notice each autumn. A year for which there is no notice yet is not
known here: nothing is guessed for it, and `known_until` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
import holidays
from chinese_calendar import constants

FIRST_YEAR, LAST_YEAR = 2015, 2045
CHINA = "CN"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A day that differs from others of its weekday: closed, or worked although at a weekend."""

    date: date
    name: str
    works: bool


@lru_cache
def regions() -> tuple[str, ...]:
    """Every country and subdivision whose holidays are known: `CN`, `DE`, `DE-BY`."""
    found = []
    for country, parts in holidays.list_supported_countries(include_aliases=False).items():
        found += [country, *(f"{country}-{part}" for part in parts)]
    return tuple(sorted(found))


def known_until(region: str) -> int:
    """The last year whose days can be relied on."""
    return max(constants.holidays).year if region == CHINA else LAST_YEAR


@lru_cache(maxsize=64)
def public_days(region: str) -> Mapping[date, PublicDay]:
    """The days of a region from FIRST_YEAR to the last year that is known, by date."""
    if region not in regions():
        return {}
    found = _of_china() if region == CHINA else _of(region)
    return {day.date: day for day in found}


@lru_cache
def disagreements() -> tuple[date, ...]:
    """Days on which the two sources for China differ: a weekday off or a weekend worked in only one of them."""
    other = holidays.country_holidays(CHINA, years=range(FIRST_YEAR, known_until(CHINA) + 1))
    worked: set[date] = getattr(other, "weekend_workdays", set())
    return tuple(
        day
        for day in _days(known_until(CHINA))
        if chinese_calendar.is_workday(day) != _works(day, day in other, day in worked)
    )


def _works(day: date, off: bool, worked: bool) -> bool:
    return worked if day.weekday() >= SATURDAY else not off


def _of_china() -> Iterable[PublicDay]:
    for day in _days(known_until(CHINA)):
        off, name = chinese_calendar.get_holiday_detail(day)
        if off and name:
            yield PublicDay(day, constants.Holiday(name).chinese, works=False)
        elif not off and day.weekday() >= SATURDAY:
            yield PublicDay(day, constants.Holiday(name).chinese if name else "", works=True)


def _of(region: str) -> Iterable[PublicDay]:
    country, _, part = region.partition("-")
    known = holidays.country_holidays(country, subdiv=part or None, years=range(FIRST_YEAR, LAST_YEAR + 1))
    for day, name in known.items():
        yield PublicDay(day, name, works=False)
    for day in getattr(known, "weekend_workdays", ()):
        yield PublicDay(day, known.get(day, ""), works=True)


def _days(until: int) -> Iterable[date]:
    day = date(FIRST_YEAR, 1, 1)
    while day.year <= until:
        yield day
        day += timedelta(days=1)
