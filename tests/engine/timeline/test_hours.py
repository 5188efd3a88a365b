"""Weekly hours: a named week, and properties against a minute-by-minute count."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.timeline.hours import ALWAYS, DAY, NEVER, WEEK, weekly

OFFICE = weekly([(day, 9 * 60, 18 * 60) for day in range(5)])
NIGHTS = weekly([(6, 22 * 60, 30 * 60)])  # Sunday 22:00 to Monday 6:00

shifts = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 900)).map(
        lambda s: (s[0], s[1], s[1] + s[2])
    ),
    min_size=1,
    max_size=6,
)
instants = st.integers(-2 * int(WEEK), 2 * int(WEEK))


def test_an_office_week():
    assert OFFICE.per_week == 5 * 9 * 60
    friday_evening = 4 * DAY + 17 * 60
    assert OFFICE.is_open(friday_evening)
    assert not OFFICE.is_open(4 * DAY + 18 * 60)
    assert OFFICE.next_end(friday_evening) == 4 * DAY + 18 * 60
    assert OFFICE.next_start(4 * DAY + 18 * 60) == WEEK + 9 * 60
    assert OFFICE.between(friday_evening, WEEK + 10 * 60) == 120
    assert OFFICE.after(friday_evening, 120) == WEEK + 10 * 60
    assert (
        OFFICE.after(friday_evening, 60) == 4 * DAY + 18 * 60
    )  # by the end of the day, not after the weekend


def test_a_night_shift_runs_over_the_week_boundary():
    assert NIGHTS.is_open([0.0, 6 * 60 - 1, 6 * 60, WEEK - 1]).tolist() == [True, True, False, True]
    assert NIGHTS.next_end(WEEK - 60) == WEEK + 6 * 60
    assert NIGHTS.next_start(0.0) == 0.0
    assert NIGHTS.next_start(12 * 60) == 6 * DAY + 22 * 60


def test_a_monday_elsewhere_shifts_everything():
    moved = weekly([(0, 60, 120)], monday=1000.0)
    assert moved.is_open(1060.0)
    assert moved.next_start(0.0) == 1060.0
    assert moved.worked(1120.0) == 60


def test_always_and_never():
    assert ALWAYS.between(-5.0, WEEK * 3) == WEEK * 3 + 5
    assert ALWAYS.next_end(3.0) == inf
    assert ALWAYS.next_start(3.0) == 3.0
    assert not NEVER.is_open(3.0)
    assert NEVER.next_start(3.0) == inf
    assert NEVER.after(3.0, 1.0) == inf
    assert NEVER.next_end(3.0) == 3.0


@pytest.mark.parametrize("shift", [(7, 0, 10), (-1, 0, 10), (0, 20, 10)])
def test_a_shift_that_is_none_is_refused(shift):
    with pytest.raises(ValueError, match="not a shift"):
        weekly([shift])


@settings(deadline=None)
@given(shifts, instants, st.integers(0, int(WEEK)))
def test_minutes_between_are_the_open_minutes(pattern, start, span):
    hours = weekly(pattern)
    every_minute = np.arange(start, start + span)
    assert hours.between(start, start + span) == pytest.approx(hours.is_open(every_minute).sum())


@settings(deadline=None)
@given(shifts, instants)
def test_next_start_and_next_end_are_the_first_such_minutes(pattern, at):
    hours = weekly(pattern)
    ahead = np.arange(at, at + 2 * int(WEEK))
    is_open = hours.is_open(ahead)
    assert hours.next_start(at) == ahead[is_open][0]
    closed = ahead[~is_open]
    assert hours.next_end(at) == (closed[0] if len(closed) else inf)


@settings(deadline=None)
@given(shifts, instants, st.floats(0.5, 30_000))
def test_after_is_the_inverse_of_between(pattern, start, minutes):
    hours = weekly(pattern)
    then = hours.after(start, minutes)
    assert hours.between(start, then) == pytest.approx(minutes)
    assert hours.is_open(then - 1e-6)
