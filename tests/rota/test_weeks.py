"""From patterns to instants, against a clock that is read minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.kernel.holidays import public_days
from fengong.rota.models import Pattern
from fengong.rota.reading.weeks import instant, occurrences

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago")
MINUTE = timedelta(minutes=1)
CHANGES = (
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 9, 6),
    date(2026, 10, 25),
    date(2026, 11, 1),
)


def first_shown(zone: ZoneInfo, wall: datetime) -> datetime:
    """The first minute at which a clock on the wall shows this or more: the oracle, which only ever looks."""
    at = wall.replace(tzinfo=UTC) - timedelta(hours=16)
    while at.astimezone(zone).replace(tzinfo=None) < wall:
        at += MINUTE
    return at


def drawn_week(draw: st.DrawFn) -> list[list[list[int]]]:
    """Seven days of up to two shifts, in order, the last of a day perhaps beyond midnight."""
    week = []
    for _day in range(7):
        cuts = sorted(draw(st.lists(st.integers(0, 1439), max_size=4, unique=True)))
        day = [[cuts[place], cuts[place + 1]] for place in range(0, len(cuts) - 1, 2)]
        if len(cuts) % 2:
            day.append([cuts[-1], cuts[-1] + draw(st.integers(1, 1440))])
        week.append(day)
    return week


@st.composite
def patterns(draw: st.DrawFn) -> tuple[Pattern, date]:
    middle = draw(st.sampled_from(CHANGES))
    starts_on = middle + timedelta(days=draw(st.integers(-20, 1)))
    ends_on = draw(st.none() | st.just(starts_on + timedelta(days=draw(st.integers(0, 30)))))
    weeks = [drawn_week(draw) for _ in range(draw(st.integers(1, 3)))]
    anchor = starts_on - timedelta(days=starts_on.weekday() + 7 * draw(st.integers(0, 3)))
    zone = draw(st.sampled_from(ZONES))
    return Pattern(zone=zone, weeks=weeks, starts_on=starts_on, ends_on=ends_on, anchor=anchor), middle


@settings(max_examples=60)
@given(patterns())
def test_any_pattern_gives_what_somebody_with_a_watch_would_write_down(drawn: tuple[Pattern, date]):
    pattern, middle = drawn
    first, last = middle - timedelta(days=2), middle + timedelta(days=1)
    found = [(one.starts_at, one.ends_at) for one in occurrences(pattern, first, last)]
    assert found == [span for span in by_watch(pattern, first, last) if span[0] < span[1]]


def by_watch(pattern: Pattern, first: date, last: date) -> list[tuple[datetime, datetime]]:
    zone, found, day = ZoneInfo(pattern.zone), [], pattern.anchor
    turn = 0
    while day <= last:
        for weekday in range(7):
            on = day + timedelta(days=weekday)
            valid = pattern.starts_on <= on and (pattern.ends_on is None or on <= pattern.ends_on)
            for begins, ends in pattern.weeks[turn][weekday] if valid and first <= on <= last else ():
                midnight = datetime.combine(on, time())
                found.append(
                    (
                        first_shown(zone, midnight + begins * MINUTE),
                        first_shown(zone, midnight + ends * MINUTE),
                    )
                )
        day, turn = day + timedelta(days=7), (turn + 1) % len(pattern.weeks)
    return found


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 6, 1), 8)]
)
def test_a_night_is_an_hour_shorter_or_longer_when_the_clocks_change(day: date, hours: int):
    night = instant(day, 1800, "Europe/Berlin") - instant(day, 1320, "Europe/Berlin")
    assert night == timedelta(hours=hours)


def holiday_pattern(**more: object) -> Pattern:
    office = [[[540, 1080]]] * 5 + [[], []]
    start = date(2025, 1, 1)
    return Pattern(zone="Asia/Shanghai", weeks=[office], starts_on=start, anchor=date(2024, 12, 30), **more)


def days(pattern: Pattern) -> set[date]:
    return {one.day for one in occurrences(pattern, date(2025, 1, 1), date(2025, 12, 31))}


def test_a_pattern_follows_the_holidays_of_china_and_the_weekends_worked_for_them():
    followed, ignored = days(holiday_pattern(region="CN")), days(holiday_pattern())
    special = {day: one for day, one in public_days("CN").items() if day.year == 2025}
    assert ignored - followed == {day for day, one in special.items() if not one.works and day.weekday() < 5}
    assert followed - ignored == {day for day, one in special.items() if one.works}
    assert date(2025, 10, 1) not in followed
    assert date(2025, 9, 28) in followed  # a Sunday worked for the days after it


def test_weekends_worked_for_holidays_are_left_out_by_choice():
    assert {day for day in days(holiday_pattern(region="CN", makes_up=False)) if day.weekday() > 4} == set()
