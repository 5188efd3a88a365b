"""Complaint 16: promises that ignore business hours, split shifts, lunch and holidays."""

from __future__ import annotations

from datetime import date

from fengong.desk.actions.calendars import Day, set_days
from fengong.kernel.actor import SYSTEM
from tests.desk.promised import calendar, due, policy, sweep, told, when
from tests.world import World


def test_16_business_hours_are_honoured(world: World):
    policy(calendar=calendar("09:00-18:00"), first_response=60, resolution=540)
    ticket = world.ticket(at=when("2026-03-02 17:30"))
    assert due(ticket, "first_response") == "2026-03-03 09:30"
    assert due(ticket, "resolution") == "2026-03-03 17:30"


def test_16_nothing_is_breached_while_nobody_works(world: World):
    policy(calendar=calendar("09:00-18:00"), first_response=60)
    ticket = world.ticket(at=when("2026-03-06 17:30"))  # a Friday
    for moment in ("2026-03-06 23:00", "2026-03-07 12:00", "2026-03-08 12:00", "2026-03-09 09:29"):
        sweep(when(moment))
    assert told(ticket) == []
    sweep(when("2026-03-09 09:30"))
    assert told(ticket) == [("breached", "first_response", 0)]


def test_16_a_split_shift_counts_both_halves_and_not_what_lies_between(world: World):
    policy(calendar=calendar("06:00-10:00, 16:00-20:00"), resolution=300)
    assert due(world.ticket(at=when("2026-03-02 09:00")), "resolution") == "2026-03-02 20:00"
    assert due(world.ticket(at=when("2026-03-02 12:00")), "resolution") == "2026-03-03 07:00"


def test_16_a_lunch_break_does_not_count(world: World):
    policy(calendar=calendar("09:00-12:00, 13:30-18:00"), first_response=60)
    assert due(world.ticket(at=when("2026-03-02 11:30")), "first_response") == "2026-03-02 14:00"
    assert due(world.ticket(at=when("2026-03-02 12:45")), "first_response") == "2026-03-02 14:30"


def test_16_a_night_shift_runs_over_midnight(world: World):
    policy(calendar=calendar("22:00-06:00"), first_response=60, resolution=480)
    ticket = world.ticket(at=when("2026-03-02 23:30"))
    assert due(ticket, "first_response") == "2026-03-03 00:30"
    assert due(ticket, "resolution") == "2026-03-03 23:30"


def test_16_public_holidays_do_not_count_and_weekends_made_up_for_them_do(world: World):
    """Spring Festival 2026: closed from 15 to 23 February; the Saturdays 14 and 28 February are worked."""
    policy(calendar=calendar("09:00-18:00", region="CN"), first_response=540)
    assert due(world.ticket(at=when("2026-02-13 18:00")), "first_response") == "2026-02-14 18:00"
    assert due(world.ticket(at=when("2026-02-14 18:00")), "first_response") == "2026-02-24 18:00"
    assert due(world.ticket(at=when("2026-02-27 18:00")), "first_response") == "2026-02-28 18:00"


def test_16_another_country_has_its_own_holidays(world: World):
    office = calendar("09:00-18:00", region="US", zone="America/New_York")
    policy(calendar=office, first_response=540)
    ticket = world.ticket(
        at=when("2026-07-02 18:00", "America/New_York")
    )  # the 4th is a Saturday, kept on the 3rd
    assert due(ticket, "first_response", "America/New_York") == "2026-07-06 18:00"


def test_16_special_days_of_ones_own_count_before_the_libraries(world: World):
    office = calendar("09:00-18:00", region="CN")
    policy(calendar=office, first_response=60)
    days = [
        Day(date(2026, 3, 3), name="搬家"),
        Day(date(2026, 3, 4), kind="hours", hours=[[600, 660]]),
        Day(date(2026, 10, 1), kind="like", like=3, name="值班"),
    ]
    set_days(actor=SYSTEM, calendar=office, days=days, at=world.now)
    assert due(world.ticket(at=when("2026-03-02 17:30")), "first_response") == "2026-03-04 10:30"
    assert due(world.ticket(at=when("2026-10-01 09:00")), "first_response") == "2026-10-01 10:00"
