"""Complaint 18: badges that are wrong for people in another zone than the desk, and time on hold that gets lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.tickets import pend_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.web.promises import next_promise
from tests.desk.promised import calendar, due, fresh, policy, sweep, told, when
from tests.world import World

MINUTE = timedelta(minutes=1)


def held(world: World) -> Ticket:
    """Answered in February by 李娜, who then waits for the customer."""
    at = when("2026-02-02 10:00")
    ticket = assign_ticket(actor=world.wang_fang, ticket=world.ticket(at=at), member=world.li_na, at=at)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="请提供截图", at=at)
    pend_ticket(actor=world.li_na, ticket=ticket, at=at + 60 * MINUTE)
    return ticket


@pytest.mark.parametrize("reader", ["Asia/Shanghai", "America/Los_Angeles", "Pacific/Chatham", "UTC"])
def test_18_an_agent_in_another_zone_sees_the_same_badge(world: World, reader: str):
    policy(calendar=calendar("09:00-18:00"), first_response=60)
    ticket = world.ticket(at=when("2026-03-02 17:30"))
    with timezone.override(reader):
        early = next_promise(fresh(ticket), when("2026-03-03 08:50"))
        late = next_promise(fresh(ticket), when("2026-03-03 09:31"))
    assert early is not None and early.due == when("2026-03-03 09:30") and early.state != "late"
    assert late is not None and late.state == "late"


def test_18_the_calendar_counts_in_its_own_zone_whoever_opens_the_ticket(world: World):
    office = calendar("09:00-17:00", zone="America/New_York")
    policy(calendar=office, first_response=60)
    with timezone.override("Asia/Shanghai"):
        ticket = world.ticket(at=when("2026-03-02 22:30"))  # 9:30 in New York
    assert due(ticket, "first_response", "America/New_York") == "2026-03-02 10:30"


def test_18_a_day_on_which_the_clocks_change_has_the_hours_the_wall_shows(world: World):
    """On 8 March 2026 New York skips the hour from two to three; on 1 November it has it twice."""
    office = calendar("00:00-24:00", weekend="00:00-24:00", zone="America/New_York")
    policy(calendar=office, first_response=180)
    spring = world.ticket(at=when("2026-03-08 01:00", "America/New_York"))
    autumn = world.ticket(at=when("2026-11-01 00:30", "America/New_York"))
    assert due(spring, "first_response", "America/New_York") == "2026-03-08 05:00"
    assert due(autumn, "first_response", "America/New_York") == "2026-11-01 02:30"


def test_18_months_on_hold_are_kept(world: World):
    """From February to August with the customer: only the hour before and what follows count."""
    policy(resolution=480)
    ticket = held(world)
    back = when("2026-08-10 09:00")
    receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="给您", at=back)
    assert fresh(ticket).resolution_due == back + (480 - 60) * MINUTE
    sweep(back + 419 * MINUTE)
    assert told(ticket) == []


def test_18_while_it_is_on_hold_no_promise_ends(world: World):
    policy(resolution=480, ownership={1: 120})
    ticket = held(world)
    sweep(when("2026-07-01 09:00"))
    assert told(ticket) == []
    assert (fresh(ticket).next_due_at, fresh(ticket).paused_at) == (None, when("2026-02-02 11:00"))


def test_18_a_policy_may_let_the_clocks_run_while_the_customer_is_waited_for(world: World):
    policy(resolution=480, pauses=("snoozed",))
    ticket = held(world)
    sweep(when("2026-02-02 18:00"))
    assert told(ticket) == [("breached", "resolution", 0)]
