"""What an order of the desk can do to an owner and a tier."""

from __future__ import annotations

import pytest

from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.actions.unattended import answer_unattended
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.placing import place_ticket, return_ticket, set_tier
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied
from fengong.kernel.spine import history
from tests.world import World


def test_a_ticket_goes_to_the_best_member_of_the_team_named(world: World):
    world.go_online()
    ticket = world.ticket(topic="invoices", difficulty=2)
    placed = place_ticket(actor=SYSTEM, ticket=ticket, team=world.teams["south"], at=world.now)
    assert placed.owner in (world.chen_li, world.he_jie)


def test_where_nobody_of_the_team_is_in_nothing_is_moved(world: World):
    world.go_online("li_na")
    ticket = world.ticket()
    with pytest.raises(Conflict):
        place_ticket(actor=SYSTEM, ticket=ticket, team=world.teams["south"], at=world.now)
    ticket.refresh_from_db()
    assert ticket.status == "waiting"


def test_placing_anew_finds_somebody_other_than_its_owner(world: World):
    world.go_online("li_na", "sun_hao")
    ticket = world.ticket()
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    placed = place_ticket(actor=SYSTEM, ticket=ticket, team=world.teams["north"], at=world.now)
    assert placed.owner == world.sun_hao


def test_what_is_returned_waits_and_frees_its_owner(world: World):
    world.go_online()
    ticket = world.ticket()
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    returned = return_ticket(actor=SYSTEM, ticket=ticket, at=world.now)
    assert (returned.status, returned.owner, returned.held) == ("waiting", None, 0)
    with pytest.raises(Denied):
        return_ticket(actor=world.sun_hao, ticket=ticket, at=world.now)


def test_a_higher_tier_takes_the_ticket_from_an_owner_below_it_only(world: World):
    world.go_online()
    low, high = world.ticket(), world.ticket()
    assign_ticket(actor=world.wang_fang, ticket=low, member=world.li_na, at=world.now)
    assign_ticket(actor=world.wang_fang, ticket=high, member=world.he_jie, at=world.now)
    low = set_tier(actor=SYSTEM, ticket=low, tier=2, at=world.now)
    high = set_tier(actor=SYSTEM, ticket=high, tier=2, at=world.now)
    assert (low.status, low.tier) == ("waiting", 2)
    assert (high.status, high.tier) == ("open", 2)


def test_priority_changes_on_a_ticket_somebody_works_on_and_its_promises_follow(world: World):
    world.go_online()
    ticket = world.ticket()
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    urgent = set_priority(actor=world.li_na, ticket=ticket, priority=4, at=world.now)
    assert (urgent.priority, urgent.owner_id) == (4, world.li_na.pk)
    assert urgent.first_response_due < ticket.first_response_due
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    with pytest.raises(Conflict):
        set_priority(actor=world.li_na, ticket=ticket, priority=1, at=world.now)


def test_an_automatic_answer_is_no_first_response_and_nobody_can_write_one(world: World):
    ticket = world.ticket()
    answer_unattended(actor=SYSTEM, ticket=ticket, body="已收到", at=world.now)
    ticket.refresh_from_db()
    assert ticket.first_responded_at is None
    assert history("ticket", ticket.pk).last().data["first"] is False
    with pytest.raises(Denied):
        answer_unattended(actor=world.wang_fang, ticket=ticket, body="已收到", at=world.now)
