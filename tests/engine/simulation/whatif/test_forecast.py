"""Demand drawn from rates: as much of everything as expected, when expected, as uneven as asked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from fengong.engine.simulation.desk import Desk
from fengong.engine.simulation.shifts import Shifts
from fengong.engine.simulation.whatif.comparison import compare
from fengong.engine.simulation.whatif.division import Division
from fengong.engine.simulation.whatif.forecast import forecast
from fengong.engine.simulation.whatif.rates import WEEK, Rates, measured, measured_busyness
from tests.engine.simulation.desks import DAY, staff, tiered_desk

SPAN = (0.0, 2 * WEEK)


@cache
def desk():
    return tiered_desk(tickets=600, days=14)


@cache
def expected(factor=1.0, busyness=0.0, weeks=6):
    rates = measured(desk().tickets, *SPAN).scaled(factor)
    return forecast(desk(), rates, begins=2 * WEEK, weeks=weeks, busyness=busyness, roster=SPAN)


def test_rates_are_those_of_the_history():
    rates = measured(desk().tickets, *SPAN)
    assert rates.per_week == pytest.approx(300.0)
    kind = desk().tickets
    hard = (kind.topic == 2) & (kind.difficulty == 3)
    at = (rates.cells[:, 0] == 2) & (rates.cells[:, 1] == 3)
    assert rates.per_hour[at].sum() == pytest.approx(hard.sum() / 2)
    assert rates.scaled(2.0, {2: 3.0}).per_hour[at].sum() == pytest.approx(3 * hard.sum())


def test_draws_follow_the_rates():
    counts = [len(expected(1.2).draw(seed)[0]) for seed in range(40)]
    mean = 6 * 300.0 * 1.2
    assert abs(np.mean(counts) - mean) < 4 * np.sqrt(mean / 40)
    assert 0.4 < np.var(counts, ddof=1) / mean < 2.0  # Poisson: variance and mean are one
    tickets, source = expected().draw(3)
    assert (np.diff(tickets.arrival) >= 0).all()
    assert tickets.arrival[0] >= 2 * WEEK and tickets.arrival[-1] < 8 * WEEK
    share = np.bincount(tickets.topic, minlength=3) / len(tickets)
    assert share == pytest.approx(np.bincount(desk().tickets.topic, minlength=3) / 600, abs=0.05)
    assert (tickets.topic == desk().tickets.topic[source]).all()
    assert (tickets.effort == desk().tickets.effort[source]).all()


def test_the_hours_of_the_week_are_kept():
    per_hour = np.zeros((1, 168))
    per_hour[0, [9, 33]] = 5.0, 15.0
    rates = Rates(np.array([[0, 1, 2]]), per_hour)
    tickets, _ = forecast(desk(), rates, begins=2 * WEEK, weeks=20, roster=SPAN).draw(1)
    hour = ((tickets.arrival - 2 * WEEK) // 60 % 168).astype(int)
    assert set(hour.tolist()) == {9, 33}
    assert (hour == 33).mean() == pytest.approx(0.75, abs=0.08)


def test_busy_days_are_found_again_in_what_was_drawn():
    tickets, _ = expected(busyness=0.3, weeks=52).draw(5)
    assert measured_busyness(tickets, 2 * WEEK, 54 * WEEK) == pytest.approx(0.3, abs=0.12)
    plain, _ = expected(weeks=52).draw(5)
    assert measured_busyness(plain, 2 * WEEK, 54 * WEEK) < 0.02


def test_promises_move_along_and_unknown_kinds_borrow_from_the_nearest():
    tickets = replace(desk().tickets, respond_by=desk().tickets.arrival + 30.0)
    rates = Rates(np.array([[0, 3, 4]]), np.full((1, 168), 0.1))
    made = forecast(Desk(desk().staff, tickets), rates, begins=2 * WEEK, weeks=2, roster=SPAN)
    drawn, source = made.draw(0)
    assert drawn.respond_by - drawn.arrival == pytest.approx(np.full(len(drawn), 30.0))
    assert set(drawn.priority.tolist()) == {4}  # which the history does not have
    assert (tickets.difficulty[source] == 3).all() and (tickets.topic[source] == 0).all()


def test_the_roster_comes_again_and_who_had_none_stays_away():
    spans = [[(480.0, 960.0)], [(-9 * DAY, -8 * DAY)], []]
    desk_of_three = Desk(staff([1, 1, 1], topics=3, shifts=Shifts.of(spans)), desk().tickets)
    made = forecast(
        desk_of_three, measured(desk().tickets, *SPAN), begins=2 * WEEK, weeks=2, roster=(0.0, WEEK)
    )
    found = made.staffed(desk_of_three.staff).shifts
    assert found.starts[0][:2] == (2 * WEEK + 480.0, 3 * WEEK + 480.0)
    assert len(found.starts[1]) == 1 and found.ends[1][0] < 0
    assert found.starts[2] == ()


def test_both_divisions_meet_the_same_tickets_and_each_run_others():
    division = Division("longest-idle")
    same = compare(desk(), division, division, range(3), forecast=expected(weeks=1))
    assert same.identical and same.weeks == 1.0
    assert len({len(expected(weeks=1).draw(seed)[0]) for seed in range(3)}) > 1
    first, again = (expected(weeks=1).draw(2)[0].arrival for _ in range(2))
    assert np.array_equal(first, again)


def test_more_demand_with_the_same_people_keeps_them_busier():
    division = Division("longest-idle")
    busy = [
        compare(desk(), division, division, range(2), forecast=expected(factor, weeks=1)).of("all", "busy")[0]
        for factor in (1.0, 1.5)
    ]
    assert busy[1].before > 1.2 * busy[0].before


def test_what_cannot_be_forecast_is_refused():
    rates = measured(desk().tickets, *SPAN)
    with pytest.raises(ValueError, match="no demand"):
        forecast(desk(), rates.scaled(0.0), begins=0.0, weeks=1, roster=SPAN)
    with pytest.raises(ValueError, match="a week at least"):
        forecast(desk(), rates, begins=0.0, weeks=0, roster=SPAN)
    with pytest.raises(ValueError, match="not below 0"):
        rates.scaled(-1.0)
    with pytest.raises(ValueError, match="no ticket came"):
        measured(desk().tickets, 90 * WEEK, 91 * WEEK)
