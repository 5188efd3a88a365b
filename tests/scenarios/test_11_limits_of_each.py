"""Complaint 11: one agent gets more than the others; nobody is warned who gives by hand to somebody who is full."""

from __future__ import annotations

from collections import Counter

import pytest

from fengong.desk.actions.loads import set_capacity
from fengong.desk.models import Ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict
from fengong.kernel.models import Event
from tests.scenarios.acts import MINUTE, give, load, match, resolve
from tests.world import World


def shares(world: World) -> dict[str, float]:
    """Load over capacity of the two of the first tier."""
    return {
        name: load(world.members[name]).effort / load(world.members[name]).capacity
        for name in ("li_na", "sun_hao")
    }


def test_11_no_one_is_given_more_than_the_others_over_a_whole_day(world: World):
    """Work comes and goes all day; what each was given differs by one ticket at most."""
    world.go_online("li_na", "sun_hao")
    held: list[Ticket] = []
    given: Counter[int] = Counter()
    for number in range(60):
        at = world.now + 2 * number * MINUTE
        ticket = world.ticket(f"#{number}", at=at)
        given.update(decision.winner_id for decision in match(at))
        held.append(ticket)
        if len(held) > 6:
            resolve(held.pop(0), at=at)
    assert sum(given.values()) == 60
    assert abs(given[world.li_na.pk] - given[world.sun_hao.pk]) <= 2


def test_11_senior_trainee_and_part_time_fill_alike_each_to_their_own_measure(world: World):
    set_capacity(actor=SYSTEM, member=world.sun_hao, capacity=60, at=world.now)
    world.go_online("li_na", "sun_hao")
    for number in range(9):
        at = world.now + number * MINUTE
        world.ticket(f"#{number}", at=at)
        match(at)
    assert load(world.li_na).effort + load(world.sun_hao).effort == 90
    assert all(0.3 <= share <= 0.75 for share in shares(world).values()), shares(world)


def test_11_who_gives_by_hand_to_somebody_full_is_told_and_nothing_moves(world: World):
    set_capacity(actor=SYSTEM, member=world.li_na, capacity=25, at=world.now)
    for number in range(2):
        give(world, world.ticket(f"#{number}"), world.li_na)
    last = world.ticket("one too many")
    before = Event.objects.count()
    with pytest.raises(Conflict) as refusal:
        give(world, last, world.li_na)
    assert refusal.value.code == "capacity"
    assert world.li_na.display_name in str(refusal.value)
    assert (load(world.li_na).effort, Event.objects.count()) == (20, before)


def test_11_whose_limit_is_lowered_keeps_what_they_hold_and_gets_nothing_until_it_fits(world: World):
    world.go_online("li_na")
    held = [give(world, world.ticket(f"#{number}"), world.li_na) for number in range(6)]
    waits = world.ticket("waits")
    with pytest.raises(Conflict):
        set_capacity(actor=SYSTEM, member=world.li_na, capacity=30, at=world.now)
    for ticket in held[:4]:
        resolve(ticket, at=world.now + MINUTE)
    set_capacity(actor=SYSTEM, member=world.li_na, capacity=30, at=world.now + MINUTE)
    match(world.now + MINUTE)
    assert load(world.li_na).effort == 30
    assert Ticket.objects.get(pk=waits.pk).owner == world.li_na
