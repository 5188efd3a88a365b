"""Complaint 17: a next-response clock that runs on after the ticket is resolved, and policies that never change."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.service_policies import Level
from fengong.desk.actions.tickets import reopen_ticket, resolve_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER, SYSTEM
from tests.desk.promised import due, fresh, policy, sweep, told
from tests.world import World

MINUTE = timedelta(minutes=1)


def answered(world: World) -> Ticket:
    """A ticket of 李娜 whose customer has asked again ten minutes after her first answer."""
    ticket = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好", at=world.now)
    again = world.now + 10 * MINUTE
    receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="还是不行", at=again)
    return ticket


def test_17_every_message_of_the_customer_starts_a_clock_that_an_answer_stops(world: World):
    policy(first_response=60, next_response=30)
    ticket = answered(world)
    assert fresh(ticket).next_response_due == world.now + 40 * MINUTE
    later = world.now + 20 * MINUTE
    receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="急", at=later)
    assert fresh(ticket).next_response_due == world.now + 40 * MINUTE  # the oldest one counts
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="好了", at=world.now + 30 * MINUTE)
    assert fresh(ticket).next_response_due is None


def test_17_the_next_response_clock_does_not_run_after_the_ticket_is_resolved(world: World):
    policy(first_response=60, next_response=30)
    ticket = answered(world)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now + 15 * MINUTE)
    sweep(world.now + 60 * 24 * MINUTE)
    assert (fresh(ticket).next_response_due, fresh(ticket).next_step_at) == (None, None)
    assert told(ticket) == []


def test_17_what_was_settled_by_resolving_stays_settled_when_a_member_reopens(world: World):
    policy(first_response=60, next_response=30)
    ticket = answered(world)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now + 15 * MINUTE)
    reopen_ticket(actor=world.li_na, ticket=ticket, at=world.now + 300 * MINUTE)
    assert fresh(ticket).next_response_due is None


def test_17_a_customer_who_reopens_starts_a_new_clock(world: World):
    policy(first_response=60, next_response=30)
    ticket = answered(world)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now + 15 * MINUTE)
    back = world.now + 600 * MINUTE
    receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="又坏了", at=back)
    assert fresh(ticket).next_response_due == back + 30 * MINUTE


def test_17_the_policy_changes_with_the_team(world: World):
    policy(first_response=60)
    south = policy(name="South", condition="team:south", first_response=15)
    ticket = world.ticket(topic="invoices")
    assert fresh(ticket).first_response_due == world.now + 60 * MINUTE
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.chen_li, at=world.now + MINUTE)
    assert fresh(ticket).policy_id == south.pk
    assert fresh(ticket).first_response_due == world.now + 15 * MINUTE
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now + 2 * MINUTE)
    assert fresh(ticket).first_response_due == world.now + 60 * MINUTE


def test_17_the_policy_changes_with_the_team_when_the_matcher_gives_the_ticket_too(world: World):
    policy(name="South", condition="team:south", first_response=15)
    ticket = world.ticket(topic="invoices", difficulty=3)
    world.go_online("he_jie")
    match_waiting(actor=MATCHER, at=world.now)
    assert fresh(ticket).owner_id == world.he_jie.pk
    assert fresh(ticket).first_response_due == world.now + 15 * MINUTE


def test_17_the_promise_changes_with_the_priority(world: World):
    policy(levels={2: Level(first_response=60), 4: Level(first_response=15)})
    ticket = world.ticket()
    set_priority(actor=world.wang_fang, ticket=ticket, priority=4, at=world.now + MINUTE)
    assert fresh(ticket).first_response_due == world.now + 15 * MINUTE


def test_17_the_policy_changes_with_the_priority(world: World):
    policy(first_response=60)
    policy(name="Urgent", condition="priority:urgent", first_response=5)
    ticket = world.ticket()
    set_priority(actor=world.wang_fang, ticket=ticket, priority=4, at=world.now + MINUTE)
    assert due(ticket, "first_response") == "2026-03-02 14:05"
