from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fengong.engine.simulation.shifts import Shifts

NINE_TO_FIVE = Shifts.of([[(day * 1440.0 + 540.0, day * 1440.0 + 1020.0) for day in range(5)]])


def worked(shifts, start, end):
    inside = [
        max(0.0, min(end, b) - max(start, a)) for a, b in zip(shifts.starts[0], shifts.ends[0], strict=True)
    ]
    return sum(inside)


@given(start=st.floats(0.0, 2000.0), work=st.floats(0.0, 1400.0))
def test_work_takes_as_long_as_it_takes_and_only_in_shifts(start, work):
    end = NINE_TO_FIVE.finish(0, start, work, 0.0)
    assert end >= start
    assert abs(worked(NINE_TO_FIVE, NINE_TO_FIVE.next_work(0, start), end) - work) < 1e-6


def test_a_short_rest_is_finished_after_hours_and_a_long_one_next_day():
    assert NINE_TO_FIVE.finish(0, 1000.0, 30.0, 15.0) == 1030.0
    assert NINE_TO_FIVE.finish(0, 1000.0, 40.0, 15.0) == 1440.0 + 540.0 + 20.0


def test_after_the_last_shift_it_comes_back_every_day():
    assert NINE_TO_FIVE.next_work(0, 4 * 1440.0 + 1100.0) == 5 * 1440.0 + 540.0
    assert NINE_TO_FIVE.next_work(0, 9 * 1440.0 + 600.0) == 9 * 1440.0 + 600.0


def test_touching_shifts_are_one_and_no_shifts_mean_always():
    assert Shifts.of([[(5.0, 9.0), (0.0, 5.0), (7.0, 8.0)]]).starts == ((0.0,),)
    assert Shifts.always(1).finish(0, 3.0, 4.0, 0.0) == 7.0


def test_changes_are_in_order_with_goings_first():
    changes = Shifts.of([[(0.0, 5.0)], [(5.0, 9.0)]]).changes
    assert changes.time.tolist() == [0.0, 5.0, 5.0, 9.0]
    assert changes.coming.tolist() == [True, False, True, False]
