"""Complaint 20: a level before the deadline that fires at 00:00, and pauses that are lost when the promise changes."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.service_policies import Level, Rung
from fengong.desk.actions.tickets import pend_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from tests.desk.promised import calendar, due, fresh, policy, sweep, told, when
from tests.world import World

MINUTE = timedelta(minutes=1)


def paused_for_ten_hours(world: World) -> Ticket:
    """With the customer from one hour after it was opened to eleven hours after."""
    ticket = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    pend_ticket(actor=world.li_na, ticket=ticket, at=world.now + 60 * MINUTE)
    back = world.now + 660 * MINUTE
    receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="给您", at=back)
    return ticket


def test_20_a_level_before_the_deadline_does_not_fire_at_midnight(world: World):
    """Two working hours before 10:00 is 17:00 the day before, and not 08:00 or 00:00."""
    early = Rung(target="resolution", minutes=-120)
    policy(calendar=calendar("09:00-18:00"), resolution=540, rungs=(early,))
    ticket = world.ticket(at=when("2026-03-02 10:00"))
    assert due(ticket, "resolution") == "2026-03-03 10:00"
    sweep(when("2026-03-02 16:59"))
    assert told(ticket) == []
    sweep(when("2026-03-02 17:00"))
    assert told(ticket) == [("promise_near", "resolution", 1)]


def test_20_a_level_earlier_than_the_ticket_waits_for_the_first_working_minute(world: World):
    early = Rung(target="first_response", minutes=-240)
    policy(calendar=calendar("09:00-18:00"), first_response=60, rungs=(early,))
    ticket = world.ticket(at=when("2026-03-02 23:10"))
    for moment in ("2026-03-02 23:59", "2026-03-03 00:00", "2026-03-03 08:59"):
        sweep(when(moment))
    assert told(ticket) == []
    sweep(when("2026-03-03 09:00"))
    assert told(ticket) == [("promise_near", "first_response", 1)]


def test_20_a_level_in_percent_counts_working_time(world: World):
    half = Rung(target="resolution", percent=50)
    policy(calendar=calendar("09:00-18:00"), resolution=1080, rungs=(half,))
    ticket = world.ticket(at=when("2026-03-06 13:00"))  # a Friday; half of two days is nine hours
    sweep(when("2026-03-09 12:59"))
    assert told(ticket) == []
    sweep(when("2026-03-09 13:00"))
    assert told(ticket) == [("promise_near", "resolution", 1)]


def test_20_a_pause_is_kept_when_the_priority_changes(world: World):
    policy(levels={2: Level(resolution=1440), 3: Level(resolution=480)})
    ticket = paused_for_ten_hours(world)
    set_priority(actor=world.wang_fang, ticket=ticket, priority=3, at=world.now + 670 * MINUTE)
    assert fresh(ticket).resolution_due == world.now + (480 + 600) * MINUTE


def test_20_a_pause_is_kept_when_another_policy_applies(world: World):
    policy(resolution=1440)
    policy(name="High", condition="priority:high", resolution=480)
    ticket = paused_for_ten_hours(world)
    set_priority(actor=world.wang_fang, ticket=ticket, priority=3, at=world.now + 670 * MINUTE)
    assert fresh(ticket).resolution_due == world.now + (480 + 600) * MINUTE


def test_20_a_pause_is_kept_when_the_policy_itself_is_changed(world: World):
    policy(resolution=1440)
    ticket = paused_for_ten_hours(world)
    later = world.now + 670 * MINUTE
    policy(resolution=900, at=later)
    sweep(later)
    assert fresh(ticket).resolution_due == world.now + (900 + 600) * MINUTE


def test_20_a_pause_is_kept_when_the_policy_changes_while_it_lasts(world: World):
    policy(resolution=1440)
    ticket = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    pend_ticket(actor=world.li_na, ticket=ticket, at=world.now + 60 * MINUTE)
    policy(resolution=480, at=world.now + 120 * MINUTE)
    sweep(world.now + 121 * MINUTE)
    sweep(world.now + 600 * MINUTE)
    assert told(ticket) == []
    back = world.now + 660 * MINUTE
    receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="给您", at=back)
    assert fresh(ticket).resolution_due == world.now + (480 + 600) * MINUTE
