"""Complaint 4: with everybody offline work is in limbo; who answers on a phone looks offline, so one gets it all."""

from __future__ import annotations

from collections import Counter

from fengong.desk.models import Ticket
from fengong.dispatch import queries
from tests.scenarios.acts import HOUR, MINUTE, answer, give, match, owner, owners, say
from tests.world import World


def test_04_with_everybody_offline_it_waits_in_sight_with_its_reason_and_how_many_are_away(world: World):
    ticket = world.ticket()
    match(world.now)
    board = queries.board(world.now)
    assert [one.pk for one in board.waiting] == [ticket.pk]
    assert board.waits[ticket.pk].excluded == {"absent": 5}


def test_04_its_promise_runs_and_is_heard_though_nobody_owns_it(world: World):
    ticket = world.ticket()
    assert ticket.first_response_due is not None
    due = Ticket.objects.get(pk=ticket.pk).next_due_at
    assert due is not None
    assert due == world.now + HOUR


def test_04_here_is_who_says_so_however_long_no_page_is_open(world: World):
    """A phone that sleeps, or a page that is closed, makes nobody absent; only they themselves do."""
    say(world.li_na, "online", at=world.now)
    late = world.now + 3 * HOUR
    ticket = world.ticket(at=late)
    match(late)
    assert owner(ticket) == world.li_na


def test_04_answering_without_a_page_open_makes_nobody_a_magnet(world: World):
    """Two answer by mail and phone, one sits before the desk: each gets a share."""
    world.go_online("li_na", "sun_hao", "zhou_min")
    held: Counter[int | None] = Counter()
    for number in range(16):
        at = world.now + number * MINUTE
        ticket = world.ticket(f"#{number}", at=at)
        match(at)
        held[Ticket.objects.get(pk=ticket.pk).owner_id] += 1
        if owner(ticket) == world.li_na:
            answer(ticket, at=at)
    assert sum(held.values()) == 16
    assert max(held.values()) <= 8


def test_04_the_only_one_here_is_filled_to_their_capacity_and_not_beyond(world: World):
    world.go_online("li_na")
    tickets = [world.ticket(f"#{number}") for number in range(15)]
    match(world.now)
    assert Counter(owners(tickets)) == {world.li_na: 12, None: 3}


def test_04_who_is_offline_keeps_what_they_hold_but_gets_nothing_more(world: World):
    held = give(world, world.ticket("held"), world.li_na)
    world.go_online("sun_hao")
    new = world.ticket("new")
    match(world.now)
    assert (owner(held), owner(new)) == (world.li_na, world.sun_hao)
