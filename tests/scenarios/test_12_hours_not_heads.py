"""Complaint 12: a password and a server migration count the same; nobody sees hours queued, days to clear, a trend."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.models import Ticket
from fengong.planning.reading.workload import ahead
from fengong.rota.models import Shift
from tests.scenarios.acts import HOUR, give, load, match, owners
from tests.world import World

DAY = timedelta(days=1)


def past(world: World, *, came: float, done: float | None) -> None:
    """An hour's work that came so many days ago and was done so many days ago, or never."""
    ticket = world.ticket(topic="api", difficulty=3)
    values: dict[str, object] = {"opened_at": world.now - came * DAY}
    if done is not None:
        values |= {"status": "resolved", "resolved_at": world.now - done * DAY}
    Ticket.objects.filter(pk=ticket.pk).update(**values)


def test_12_a_migration_weighs_six_times_a_password(world: World):
    small = give(world, world.ticket(topic="accounts", difficulty=1), world.he_jie)
    large = give(world, world.ticket(topic="api", difficulty=3), world.he_jie)
    assert (small.effort, large.effort) == (10, 60)
    assert (load(world.he_jie).effort, load(world.he_jie).tickets) == (70, 2)


def test_12_who_holds_one_long_ticket_is_not_given_as_much_as_who_holds_one_short_one(world: World):
    world.go_online("zhou_min", "chen_li")
    give(world, world.ticket("migration", topic="api", difficulty=3), world.zhou_min)
    give(world, world.ticket("question", topic="api", difficulty=1), world.chen_li)
    more = [world.ticket(f"#{number}", topic="api", difficulty=2) for number in range(2)]
    match(world.now)
    assert set(owners(more)) == {world.chen_li}, "one ticket each so far, but sixty minutes against fifteen"


def test_12_what_is_queued_is_told_in_hours(world: World):
    for difficulty in (1, 2, 3):
        world.ticket(topic="api", difficulty=difficulty)
    found = ahead(world.now)
    assert (found.tickets, found.waiting) == (3, 15 + 30 + 60)


def test_12_days_to_clear_follow_from_what_the_roster_has_ahead(world: World):
    """For four weeks one hour's work was done in two hours of shift a day; five hours' work wait."""
    Shift.objects.all().delete()
    for day in range(-28, 30):
        start = world.now + day * DAY
        Shift.objects.create(member=world.zhou_min, starts_at=start, ends_at=start + 2 * HOUR)
    for day in range(1, 29):
        past(world, came=day, done=day)
    for _ in range(5):
        world.ticket(topic="api", difficulty=3)
    found = ahead(world.now)
    assert found.pace == pytest.approx(0.5)
    assert found.team_hours == pytest.approx(10)
    assert found.cleared is not None
    assert 4 <= (found.cleared - world.now) / DAY <= 6


def test_12_the_trend_says_by_how_much_a_day_the_backlog_grows(world: World):
    for day in range(7):
        past(world, came=day, done=None)
        past(world, came=day, done=day)
    assert ahead(world.now).net == 60
