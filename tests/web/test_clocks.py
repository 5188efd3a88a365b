"""All clocks of a ticket as its page shows them."""

from __future__ import annotations

from datetime import timedelta

from django.template.loader import render_to_string
from django.utils import translation

from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.tickets import pend_ticket, resolve_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.web.promises import clocks, next_promise
from tests.desk.promised import fresh, policy, sweep
from tests.world import World

MINUTE = timedelta(minutes=1)


def worked_on(world: World) -> Ticket:
    policy(first_response=60, next_response=45, update=90, resolution=600, ownership={1: 20})
    ticket = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="好", at=world.now + 10 * MINUTE)
    at = world.now + 15 * MINUTE
    receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="?", at=at)
    return ticket


def states(ticket: Ticket, at) -> dict[str, str]:
    return {clock.target: clock.state for clock in clocks(fresh(ticket), at)}


def test_every_clock_of_a_ticket_is_shown_with_its_state(world: World):
    ticket = worked_on(world)
    sweep(world.now + 20 * MINUTE)
    assert states(ticket, world.now + 21 * MINUTE) == {
        "first_response": "kept",
        "next_response": "fine",
        "update": "fine",
        "resolution": "fine",
        "ownership": "late",
    }


def test_clocks_that_stand_still_show_what_is_left_and_nothing_is_due(world: World):
    ticket = worked_on(world)
    at = world.now + 16 * MINUTE
    pend_ticket(actor=world.li_na, ticket=ticket, at=at)
    later = at + 5000 * MINUTE
    assert next_promise(fresh(ticket), later) is None
    shown = {clock.target: clock for clock in clocks(fresh(ticket), later)}
    assert shown["ownership"].state == "paused"
    with translation.override("en"):
        assert shown["ownership"].sentence == "stands still, 4 min left"
    assert 'data-state="paused"' in render_to_string("tickets/clocks.html", {"clocks": list(shown.values())})


def test_a_resolved_ticket_shows_only_what_was_kept_or_missed(world: World):
    ticket = worked_on(world)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now + 700 * MINUTE)
    assert states(ticket, world.now + 800 * MINUTE) == {"first_response": "kept", "resolution": "missed"}
