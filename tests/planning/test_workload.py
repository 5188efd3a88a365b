"""The work ahead: hours queued, days to clear, trend, and who takes the capacity."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.customers.models import Contact, Organization
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.planning.reading.takers import takers
from fengong.planning.reading.workload import ahead
from fengong.rota.models import Shift
from tests.world import World

DAY = timedelta(days=1)


def _past(world: World, *, days_ago: float, done_days_ago: float | None, **kind) -> Ticket:
    """A ticket as if it had come and gone in the past."""
    ticket = world.ticket(**kind)
    values = {"opened_at": world.now - days_ago * DAY}
    if done_days_ago is not None:
        values |= {"status": "resolved", "resolved_at": world.now - done_days_ago * DAY}
    Ticket.objects.filter(pk=ticket.pk).update(**values)
    return ticket


def _shifts(world: World, *, hours: int, days: range) -> None:
    """One member on shift for so many hours on each of these days from now."""
    Shift.objects.all().delete()
    for n in days:
        start = world.now + n * DAY
        Shift.objects.create(member=world.zhou_min, starts_at=start, ends_at=start + timedelta(hours=hours))


def test_work_is_counted_in_minutes_of_effort_and_what_is_in_hand_by_what_it_holds(world: World):
    world.go_online()
    world.ticket(topic="api", difficulty=3)
    held = world.ticket(topic="api", difficulty=2)
    assign_ticket(actor=world.wang_fang, ticket=held, member=world.zhou_min, at=world.now)
    found = ahead(world.now)
    assert (found.tickets, found.waiting, found.held) == (2, 60, 30)
    assert [(one.topic.slug, one.minutes) for one in found.topics] == [("api", 90)]


def test_days_to_clear_follow_from_the_pace_and_the_roster(world: World):
    _shifts(world, hours=1, days=range(-28, 30))
    for n in range(1, 29):
        _past(world, days_ago=n, done_days_ago=n, topic="api", difficulty=2)
    for _ in range(4):
        world.ticket(topic="api", difficulty=3)
    found = ahead(world.now)
    assert found.pace == pytest.approx(0.5)
    assert found.team_hours == pytest.approx(240 / 0.5 / 60)
    assert found.cleared is not None
    assert 7 <= (found.cleared - world.now) / DAY <= 9
    assert found.kept_up is None


def test_without_finished_work_no_pace_is_made_up(world: World):
    world.ticket(topic="api", difficulty=3)
    found = ahead(world.now)
    assert (found.pace, found.cleared, found.kept_up, found.team_hours) == (None, None, None, None)


def test_a_backlog_that_grows_says_by_how_much_a_day(world: World):
    for n in range(7):
        _past(world, days_ago=n, done_days_ago=None, topic="api", difficulty=2)
    _past(world, days_ago=3, done_days_ago=1, topic="api", difficulty=3)
    found = ahead(world.now)
    assert found.net == 30
    assert found.days[-1].stood == 210
    assert found.days[-2].stood == 180
    assert found.topics[0].net == 30
    assert found.topics[0].days == pytest.approx(210 / (60 / 7))


def test_customers_stand_by_the_effort_they_took_their_organisation_as_one(world: World):
    firm = Organization.objects.create(name="Harbour Ltd")
    for name in ("ann", "ben"):
        contact = Contact.objects.create(display_name=name, organization=firm)
        ticket = world.ticket(topic="api", difficulty=3)
        Ticket.objects.filter(pk=ticket.pk).update(customer=contact)
    world.ticket(topic="api", difficulty=2)
    found = takers(world.now)
    assert [(one.name, one.tickets, one.minutes) for one in found] == [
        ("Harbour Ltd", 2, 120),
        (world.customer.organization.name, 1, 30),
    ]
    assert found[0].share == pytest.approx(0.8)
