"""The cast is a team that can work around the clock, and shifts that can be planned whenever the demo starts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fengong.demo.cast import cast
from fengong.demo.shifts import WAVES, fitted, spans
from fengong.demo.topics import TOPICS

ANCHOR = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_team_of_about_two_dozen_at_the_desk() -> None:
    tiers = [cast().tier(member) for member in cast().members]
    assert [tiers.count(tier) for tier in (1, 2, 3)] == [10, 7, 5]
    assert {"lead", "hr_partner", "counsellor", "administrator"} <= {p.role for p in cast().positions}
    assert len({member.login for member in cast().members}) == len(cast().members)


def test_plans_name_only_what_is_there() -> None:
    teams = {team.slug for team in cast().teams}
    topics = {plan.slug for plan in TOPICS}
    logins = {member.login for member in cast().members}
    for member in cast().members:
        assert member.team in teams
        assert set(member.skills) <= topics
        assert all(1 <= level <= 5 for level in member.skills.values())
        assert member.wave in WAVES
        assert (cast().tier(member) is not None) == (240 <= member.capacity <= 320)
    assert {team.lead for team in cast().teams} <= logins


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_each_topic_has_somebody_on_each_tier(tier: int) -> None:
    for plan in TOPICS:
        assert [m for m in cast().members if cast().tier(m) == tier and plan.slug in m.skills], plan.slug


@pytest.mark.parametrize("hour", range(24))
def test_somebody_of_each_tier_is_there_at_any_hour_and_hard_work_finds_a_hand(hour: int) -> None:
    at = ANCHOR + hour * HOUR + timedelta(minutes=30)
    on = {wave for wave in WAVES if any(b <= at < e for b, e in around(wave, at))}
    here = [member for member in cast().members if member.wave in on]
    assert {1, 2, 3} <= {cast().tier(member) for member in here}
    top = [member for member in here if cast().tier(member) == 3]
    for plan in TOPICS:
        assert any(member.skills.get(plan.slug, 0) >= 3 for member in top), (
            f"hard work on {plan.slug} would wait"
        )


def test_most_are_there_when_the_demo_starts_and_a_few_are_about_to_leave() -> None:
    here = [m for m in cast().members if any(b <= ANCHOR < e for b, e in around(m.wave, ANCHOR))]
    leaving = [m for m in here if any(b <= ANCHOR < e <= ANCHOR + HOUR for b, e in around(m.wave, ANCHOR))]
    assert len(here) > len(cast().members) / 2
    assert 2 <= len(leaving) <= 6


def test_a_shift_fits_between_those_that_are() -> None:
    span = (ANCHOR - HOUR, ANCHOR + 7 * HOUR)
    assert fitted(span, [], at=ANCHOR) == span
    running = (ANCHOR - 2 * HOUR, ANCHOR + HOUR)
    assert fitted(span, [running], at=ANCHOR) is None
    later = (ANCHOR + 3 * HOUR, ANCHOR + 9 * HOUR)
    assert fitted(span, [later], at=ANCHOR) == (ANCHOR, ANCHOR + 3 * HOUR)
    assert fitted(span, [(ANCHOR + HOUR / 3, ANCHOR + 9 * HOUR)], at=ANCHOR) is None


def around(wave: str, at: datetime) -> list[tuple[datetime, datetime]]:
    return list(spans(wave, ANCHOR, begin=at - 12 * HOUR, end=at + HOUR))
