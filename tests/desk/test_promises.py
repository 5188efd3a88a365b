"""Promised times: what breaks, when, and that each breach is recorded exactly once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk import queries
from fengong.desk.actions.messages import reply
from fengong.desk.actions.promises import mark_broken_promises, set_service_level
from fengong.desk.actions.tickets import reopen_ticket, resolve_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Denied
from fengong.kernel.spine import history
from tests.world import World

HOUR = timedelta(hours=1)


def targets(ticket: Ticket) -> list[str]:
    """Which promises were recorded as broken, in order."""
    return [event.data["target"] for event in history("ticket", ticket.pk).filter(verb="ticket.breached")]


def test_each_promise_is_broken_once_however_often_the_sweep_comes(world: World):
    ticket = world.ticket()
    for hours in (0.5, 1, 1.5, 24, 25, 26):
        mark_broken_promises(actor=SYSTEM, at=world.now + hours * HOUR)
    ticket.refresh_from_db()
    assert targets(ticket) == ["first_response", "resolution"]
    assert (ticket.first_response_broken, ticket.resolution_broken, ticket.next_due_at) == (True, True, None)


def test_the_sweep_counts_what_it_found(world: World):
    world.ticket(), world.ticket(priority=1)
    assert mark_broken_promises(actor=SYSTEM, at=world.now + HOUR) == 1
    assert mark_broken_promises(actor=SYSTEM, at=world.now + HOUR) == 0


def test_an_answer_in_time_keeps_the_promise(world: World):
    ticket = world.ticket()
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好", at=world.now + HOUR / 2)
    mark_broken_promises(actor=SYSTEM, at=world.now + 2 * HOUR)
    assert targets(ticket) == []


def test_an_answer_that_comes_too_late_breaks_the_promise_before_the_sweep_sees_it(world: World):
    ticket = world.ticket()
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好", at=world.now + 2 * HOUR)
    mark_broken_promises(actor=SYSTEM, at=world.now + 3 * HOUR)
    ticket.refresh_from_db()
    assert targets(ticket) == ["first_response"]
    assert ticket.first_response_broken
    assert ticket.next_due_at == ticket.resolution_due


def test_resolving_too_late_breaks_what_was_promised(world: World):
    ticket = world.ticket()
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now + 30 * HOUR)
    ticket.refresh_from_db()
    assert targets(ticket) == ["first_response", "resolution"]
    assert ticket.resolution_broken
    assert ticket.next_due_at is None


def test_resolving_in_time_settles_both_promises(world: World):
    ticket = world.ticket()
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now + HOUR / 2)
    mark_broken_promises(actor=SYSTEM, at=world.now + 30 * HOUR)
    assert targets(ticket) == []


def test_time_for_which_a_ticket_counted_as_closed_is_given_back(world: World):
    ticket = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="好了", at=world.now)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now + HOUR)
    reopen_ticket(actor=world.li_na, ticket=ticket, at=world.now + 72 * HOUR)
    mark_broken_promises(actor=SYSTEM, at=world.now + 73 * HOUR)
    ticket.refresh_from_db()
    assert targets(ticket) == []
    assert ticket.resolution_due == world.now + (24 + 71) * HOUR


def test_a_breach_names_whoever_owns_the_ticket(world: World):
    assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    mark_broken_promises(actor=SYSTEM, at=world.now + HOUR)
    event = history("member", world.li_na.pk).filter(verb="ticket.breached").get()
    assert event.data["member"] == world.li_na.pk
    assert (event.data["target"], event.data["step"]) == ("first_response", 0)


def test_broken_promises_stand_first_in_the_queue(world: World):
    urgent_soon = world.ticket(priority=4, at=world.now + 30 * HOUR)
    broken = world.ticket()
    for _ in range(2):
        mark_broken_promises(actor=SYSTEM, at=world.now + 30 * HOUR)
    assert [ticket.pk for ticket in queries.queue(10, 10)] == [broken.pk, urgent_soon.pk]


def test_new_promises_hold_for_tickets_opened_from_then_on(world: World):
    before = world.ticket()
    set_service_level(
        actor=world.admin, priority=2, first_response_minutes=5, resolution_minutes=50, at=world.now
    )
    after = world.ticket()
    assert before.first_response_due == world.now + HOUR
    assert after.first_response_due == world.now + timedelta(minutes=5)


@pytest.mark.parametrize("name", ["li_na", "wang_fang", "qian_wei", "tang_yun"])
def test_only_an_administrator_changes_promises(world: World, name: str):
    with pytest.raises(Denied):
        set_service_level(
            actor=world.members[name],
            priority=2,
            first_response_minutes=5,
            resolution_minutes=50,
            at=world.now,
        )
