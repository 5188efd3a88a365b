"""What giving a ticket by hand would mean is known before it is done."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions.loads import set_capacity
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.reading.effect import of_giving, of_giving_to_all
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict
from tests.world import World


def test_the_effect_says_loads_after_it_and_who_would_be_better(world: World):
    world.go_online()
    ticket = world.ticket()
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.sun_hao, at=world.now)
    ticket.refresh_from_db()
    found = of_giving(ticket, world.he_jie, world.now)
    assert (found.before, found.after, found.capacity, found.giver_after) == (0, 10, 200, 0)
    assert (found.best, found.possible) == (world.li_na.pk, True)
    assert found.place > 1


@pytest.mark.parametrize(
    ("member", "difficulty", "reason"),
    [("li_na", 3, "below_tier"), ("chen_li", 1, "no_skill"), ("zhou_min", 1, "absent")],
)
def test_against_the_rules_is_possible_and_says_so(world: World, member: str, difficulty: int, reason: str):
    world.go_online("li_na", "chen_li")
    ticket = world.ticket(difficulty=difficulty)
    found = of_giving(ticket, world.members[member], world.now)
    assert (found.reason, found.possible, found.is_override) == (reason, True, True)
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.members[member], at=world.now)


def test_no_room_cannot_be_overruled_and_the_effect_knows_it(world: World):
    world.go_online("li_na")
    set_capacity(actor=SYSTEM, member=world.li_na, capacity=5, at=world.now)
    ticket = world.ticket()
    found = of_giving(ticket, world.li_na, world.now)
    assert (found.reason, found.possible) == ("no_capacity", False)
    with pytest.raises(Conflict):
        assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)


def test_the_whole_board_takes_as_many_statements_as_one_row(world: World):
    world.go_online()
    ticket = world.ticket()
    with CaptureQueriesContext(connection) as one:
        of_giving(ticket, world.li_na, world.now)
    with CaptureQueriesContext(connection) as everybody:
        found = of_giving_to_all(ticket, world.now)
    assert len(found) == 5
    assert len(one) == len(everybody)
