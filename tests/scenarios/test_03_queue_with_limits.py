"""Complaint 3: no queue: with all operators busy, conversations are given all the same, or lost."""

from __future__ import annotations

from fengong.desk import queries as desk
from fengong.desk.actions.loads import set_capacity
from fengong.desk.models import Ticket
from fengong.dispatch.policy_rules import Limit
from fengong.kernel.actor import SYSTEM
from tests.scenarios.acts import MINUTE, follow, load, match, owners, resolve
from tests.world import World


def test_03_with_everybody_busy_each_new_one_waits_in_one_queue_and_none_is_lost(world: World):
    world.go_online("li_na", "sun_hao")
    for name in ("li_na", "sun_hao"):
        set_capacity(actor=SYSTEM, member=world.members[name], capacity=20, at=world.now)
    tickets = [world.ticket(f"#{number}", at=world.now + number * MINUTE) for number in range(10)]
    match(world.now + 10 * MINUTE)
    assert Ticket.objects.filter(status="open").count() == 4
    assert [one.pk for one in desk.queue(100, 100)] == [one.pk for one in tickets[4:]]


def test_03_nobody_is_given_more_than_their_own_limit(world: World):
    world.go_online("li_na", "sun_hao")
    set_capacity(actor=SYSTEM, member=world.sun_hao, capacity=30, at=world.now)
    for number in range(30):
        world.ticket(f"#{number}", at=world.now)
    match(world.now)
    assert (load(world.li_na).effort, load(world.sun_hao).effort) == (120, 30)


def test_03_the_queue_is_worked_off_from_its_front_as_work_is_done(world: World):
    world.go_online("li_na")
    set_capacity(actor=SYSTEM, member=world.li_na, capacity=10, at=world.now)
    tickets = [world.ticket(f"#{number}", at=world.now + number * MINUTE) for number in range(5)]
    order = []
    for turn in range(5):
        at = world.now + (10 + turn) * MINUTE
        match(at)
        (held,) = Ticket.objects.filter(status="open")
        order.append(held.pk)
        resolve(held, at=at)
    assert order == [ticket.pk for ticket in tickets]
    assert owners(tickets) == [world.li_na] * 5


def test_03_an_urgent_one_is_let_past_the_queue_and_the_rest_keep_their_order(world: World):
    world.go_online("li_na")
    set_capacity(actor=SYSTEM, member=world.li_na, capacity=10, at=world.now)
    first, second = world.ticket("first"), world.ticket("second", at=world.now + MINUTE)
    urgent = world.ticket("urgent", priority=4, at=world.now + 2 * MINUTE)
    order = []
    for turn in range(3):
        at = world.now + (3 + turn) * MINUTE
        match(at)
        (held,) = Ticket.objects.filter(status="open")
        order.append(held.pk)
        resolve(held, at=at)
    assert order == [urgent.pk, first.pk, second.pk]


def test_03_nobody_talks_in_more_chats_at_once_than_allowed_and_still_takes_mail(world: World):
    follow(world, limits=(Limit(2, channel="chat"),))
    world.go_online("li_na")
    chats = [world.ticket(f"chat {number}", channel="chat", at=world.now) for number in range(4)]
    mails = [world.ticket(f"mail {number}", channel="mail", at=world.now) for number in range(2)]
    match(world.now)
    assert [bool(who) for who in owners(chats)] == [True, True, False, False]
    assert owners(mails) == [world.li_na] * 2
    resolve(chats[0], at=world.now + MINUTE)
    match(world.now + MINUTE)
    assert owners(chats[2:]) == [world.li_na, None]


def test_03_nobody_has_more_tickets_open_than_allowed_whatever_their_effort(world: World):
    follow(world, limits=(Limit(3),))
    world.go_online("li_na", "sun_hao")
    for number in range(10):
        world.ticket(f"#{number}")
    match(world.now)
    assert (load(world.li_na).tickets, load(world.sun_hao).tickets) == (3, 3)
