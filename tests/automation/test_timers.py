"""Rules on times: each clock, when it stops, and that a desk's past is left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.automation.actions.rules import switch_rule
from fengong.automation.models import Timer
from fengong.desk import queries as desk
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.tickets import resolve_ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.errors import Invalid
from tests.automation.steps import PRIORITY, runs, sweep, timed
from tests.world import World


def _customer(world: World, ticket, minutes: float) -> None:
    at = world.now + timedelta(minutes=minutes)
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="在吗", at=at)


def _member(world: World, ticket, minutes: float) -> None:
    at = world.now + timedelta(minutes=minutes)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="在", at=at)


def _later(world: World, minutes: float = 1) -> dict[str, object]:
    return {"at": world.now + timedelta(minutes=minutes)}


def test_a_rule_acts_when_a_ticket_has_been_open_for_so_long_and_once(world: World):
    timed(world, "opened", 30)
    ticket = world.ticket(**_later(world))
    assert [sweep(world, minutes) for minutes in (1, 30, 31.01, 32, 90)] == [0, 0, 1, 0, 0]
    ticket.refresh_from_db()
    assert ticket.priority == 4


def test_a_resolved_ticket_has_no_clock_that_runs_for_the_unresolved(world: World):
    timed(world, "opened", 30)
    ticket = world.ticket(**_later(world))
    sweep(world, 1)
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now + timedelta(minutes=5))
    assert [sweep(world, minutes) for minutes in (6, 60)] == [0, 0]
    assert Timer.objects.count() == 0


def test_a_customer_who_waits_is_noticed_until_somebody_answers(world: World):
    timed(world, "unanswered", 10)
    ticket = world.ticket(**_later(world))
    assert sweep(world, 9) == 0
    _member(world, ticket, 9)
    assert sweep(world, 20) == 0
    _customer(world, ticket, 21)
    assert [sweep(world, minutes) for minutes in (30, 31.01, 32)] == [0, 1, 0]


def test_a_customer_who_does_not_answer_is_reminded_once(world: World):
    timed(world, "silent", 60, deeds=[{"deed": "reply", "zh": "请问解决了吗？"}])
    ticket = world.ticket(**_later(world))
    _member(world, ticket, 2)
    assert [sweep(world, minutes) for minutes in (30, 63, 130, 600)] == [0, 1, 0, 0]
    assert [message.body for message in desk.thread(ticket)][-1] == "请问解决了吗？"
    _customer(world, ticket, 700)
    assert sweep(world, 800) == 0


def test_a_ticket_without_an_owner_is_noticed(world: World):
    world.go_online()
    timed(world, "waiting", 5)
    taken, left = world.ticket(**_later(world)), world.ticket(**_later(world))
    assign_ticket(actor=world.li_na, ticket=taken, member=world.li_na, at=world.now + timedelta(minutes=2))
    assert [sweep(world, minutes) for minutes in (3, 6.01)] == [0, 1]
    assert runs("ticket") == [left.pk]


def test_a_rule_acts_before_a_promise_ends(world: World):
    timed(world, "due", 15)
    ticket = world.ticket(priority=3, **_later(world))
    minutes = (ticket.next_due_at - world.now).total_seconds() / 60
    assert [sweep(world, minutes - before) for before in (16, 14.9)] == [0, 1]


def test_a_rule_acts_after_a_ticket_was_resolved(world: World):
    timed(world, "resolved", 60, deeds=[{"deed": "note", "text": "closed an hour ago"}])
    ticket = world.ticket(**_later(world))
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now + timedelta(minutes=10))
    assert [sweep(world, minutes) for minutes in (60, 70.01)] == [0, 1]


def test_tickets_that_stood_when_the_rule_was_switched_on_get_their_clocks_too(world: World):
    tickets = [world.ticket() for _ in range(3)]
    timed(world, "opened", 30)
    assert sweep(world, 1) == 0
    assert Timer.objects.count() == 3
    sweep(world, 30.01)
    assert sorted(runs("ticket")) == [ticket.pk for ticket in tickets]


def test_what_was_overdue_before_the_rule_was_switched_on_is_left_alone(world: World):
    world.ticket(at=world.now - timedelta(days=30))
    timed(world, "opened", 30)
    assert sweep(world, 60) == 0


def test_a_condition_that_comes_to_hold_after_the_time_still_counts(world: World):
    timed(world, "opened", 30, condition="priority:low", deeds=[{"deed": "note", "text": "still here"}])
    ticket = world.ticket(**_later(world))
    assert sweep(world, 40) == 0
    ticket.priority = 1
    ticket.save(update_fields=["priority"])
    _customer(world, ticket, 45)
    assert sweep(world, 46) == 1


def test_a_rule_switched_off_leaves_no_clock_running(world: World):
    kept = timed(world, "opened", 30)
    world.ticket(**_later(world))
    sweep(world, 1)
    switch_rule(actor=world.admin, rule=kept, active=False, at=world.now)
    assert Timer.objects.count() == 0


def test_a_second_later_is_soon_enough_whatever_the_number_of_tickets(world: World):
    """The clocks of a hundred tickets that wait cost nothing until the first of them is up."""
    timed(world, "opened", 30, deeds=[PRIORITY])
    for _ in range(100):
        world.ticket(**_later(world))
    sweep(world, 1)
    with CaptureQueriesContext(connection) as few:
        sweep(world, 2)
    assert len(few) <= 8
    assert sweep(world, 31 + 1 / 60) == 100


@pytest.mark.parametrize("minutes", [0, -5, 10**7])
def test_a_clock_counts_from_a_minute_to_a_year(world: World, minutes: int):
    with pytest.raises(Invalid):
        timed(world, "opened", minutes)
