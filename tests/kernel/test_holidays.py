"""Public holidays: China's days are known by two sources that agree, and nothing is guessed beyond them."""

from __future__ import annotations

from datetime import date

from fengong.kernel import holidays

MADE_UP = {(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)}
"""The weekends of 2026 that the State Council's notice makes working days."""


def test_the_weekends_made_up_in_2026_are_those_of_the_notice():
    days = holidays.public_days("CN").values()
    assert {(d.date.month, d.date.day) for d in days if d.date.year == 2026 and d.works} == MADE_UP


def test_both_sources_agree_on_every_weekday_off_and_every_weekend_worked():
    assert holidays.disagreements() == ()


def test_nothing_is_said_of_a_year_whose_notice_is_not_known():
    last = holidays.known_until("CN")
    assert max(holidays.public_days("CN")) <= date(last, 12, 31)


def test_countries_whose_rules_are_fixed_are_known_for_decades():
    assert holidays.public_days("DE-BY")[date(2040, 12, 25)].works is False
    assert holidays.known_until("DE-BY") == holidays.LAST_YEAR
