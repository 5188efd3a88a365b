"""Complaint 13: passing work to a team leaves it to nobody, or to anybody; the sender cannot see who is free."""

from __future__ import annotations

import pytest

from fengong.dispatch import queries
from fengong.dispatch.actions.placing import place_ticket
from fengong.kernel.errors import Conflict
from tests.scenarios.acts import MINUTE, fresh, give, load, owner, say
from tests.world import World


def test_13_passed_to_a_team_it_goes_to_whoever_has_most_room_among_equals(world: World):
    world.go_online("li_na", "sun_hao", "he_jie")
    for number in range(4):
        give(world, world.ticket(f"#{number}"), world.li_na)
    ticket = give(world, world.ticket("moves", topic="accounts"), world.he_jie)
    place_ticket(actor=world.wang_fang, ticket=ticket, team=world.teams["north"], at=world.now)
    assert owner(ticket) == world.sun_hao


def test_13_passed_to_a_team_it_never_goes_to_one_who_is_not_here_or_does_not_know_it(world: World):
    world.go_online("sun_hao", "zhou_min", "he_jie")  # 李娜, who would be best, is not here
    ticket = give(world, world.ticket("api", topic="api", difficulty=2), world.he_jie)
    place_ticket(actor=world.wang_fang, ticket=ticket, team=world.teams["north"], at=world.now)
    assert owner(ticket) == world.zhou_min, (
        "Sun Hao is of the first tier, and this is a matter for the second"
    )


def test_13_where_nobody_of_the_team_can_take_it_the_sender_is_told_and_keeps_it(world: World):
    world.go_online("he_jie")
    ticket = give(world, world.ticket(), world.he_jie)
    with pytest.raises(Conflict) as refusal:
        place_ticket(actor=world.wang_fang, ticket=ticket, team=world.teams["north"], at=world.now)
    assert refusal.value.code == "capacity"
    assert owner(ticket) == world.he_jie


def test_13_the_first_owners_room_is_free_again_at_once(world: World):
    world.go_online("li_na", "he_jie")
    ticket = give(world, world.ticket(), world.he_jie)
    place_ticket(actor=world.wang_fang, ticket=ticket, team=world.teams["north"], at=world.now)
    assert (load(world.he_jie).effort, load(world.li_na).effort) == (0, fresh(ticket).effort)


def test_13_the_sender_sees_before_who_is_here_and_how_much_room_each_has(world: World):
    world.go_online("li_na", "sun_hao")
    say(world.sun_hao, "away", at=world.now + MINUTE)
    give(world, world.ticket(), world.li_na)
    rows = {row.member: row for row in queries.board(world.now + MINUTE).rows}
    assert (rows[world.li_na].status, rows[world.sun_hao].status) == ("online", "away")
    assert rows[world.li_na].load.effort == 10
    assert rows[world.li_na].share == pytest.approx(10 / 120)
