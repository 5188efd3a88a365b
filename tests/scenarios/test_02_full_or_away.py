"""Complaint 2: when all are full or offline, tickets are left for good, and newer ones overtake those that wait."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fengong.desk.actions.loads import set_capacity
from fengong.desk.actions.tickets import pend_ticket
from fengong.desk.models import Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.dispatch.policy_rules import Shifts
from fengong.kernel.actor import SYSTEM
from fengong.people.actions.members import set_skill
from fengong.rota.actions.shifts import plan_shift
from tests.scenarios.acts import (
    MINUTE,
    SECOND,
    follow,
    give,
    load,
    match,
    matcher_lane,
    owner,
    owners,
    resolve,
    say,
)
from tests.world import World


def full(world: World, at_work: int = 12) -> list[Ticket]:
    """李娜 alone is here, and her 120 minutes are taken by twelve tickets."""
    world.go_online("li_na")
    return [give(world, world.ticket(f"held {number}"), world.li_na) for number in range(at_work)]


def test_02_what_came_while_everybody_was_full_is_given_as_soon_as_somebody_has_room(world: World):
    held = full(world)
    waits = world.ticket("waits", at=world.now + MINUTE)
    match(world.now + MINUTE)
    assert owner(waits) is None
    resolve(held[0], at=world.now + 2 * MINUTE)
    match(world.now + 2 * MINUTE)
    assert owner(waits) == world.li_na


def test_02_while_it_waits_anybody_can_read_why(world: World):
    full(world)
    waits = world.ticket("waits")
    match(world.now)
    found = queries.wait_of(waits)
    assert found is not None
    assert (found.reason, found.eligible) == ("nobody_eligible", 0)
    assert found.excluded == {"absent": 4, "no_capacity": 1}


def test_02_the_oldest_goes_first_when_there_is_room_for_one(world: World):
    held = full(world)
    waiting = [world.ticket(f"waits {number}", at=world.now + number * MINUTE) for number in range(1, 5)]
    for round_ in range(4):
        at = world.now + (10 + round_) * MINUTE
        resolve(held[round_], at=at)
        world.ticket(f"new {round_}", at=at)
        match(at)
        assert [bool(who) for who in owners(waiting)] == [place <= round_ for place in range(4)]


def test_02_what_came_in_the_night_is_given_when_the_first_comes_in(world: World):
    night = [world.ticket(f"#{number}", at=world.now + number * MINUTE) for number in range(3)]
    match(world.now + 5 * MINUTE)
    assert owners(night) == [None, None, None]
    world.go_online("li_na", at=world.now + 300 * MINUTE)
    for second in range(10):  # by and by: the first to come is not buried under the night's work
        match(world.now + 300 * MINUTE + second * 10 * MINUTE)
    assert owners(night) == [world.li_na] * 3


def test_02_the_first_to_come_in_is_not_given_the_whole_night_at_once(world: World):
    """Their room grows from a quarter to all of it in the first half hour of their shift."""
    follow(world, shifts=Shifts(ramp=30, first=0.25))
    for number in range(20):
        world.ticket(f"#{number}", at=world.now)
    begins = world.now + 12 * 60 * MINUTE
    plan_shift(
        actor=SYSTEM, member=world.li_na, starts_at=begins, ends_at=begins + 480 * MINUTE, at=world.now
    )
    say(world.li_na, "online", at=begins)
    held = []
    for minutes in (0, 15, 31):
        match(begins + minutes * MINUTE)
        held.append(load(world.li_na).effort)
    assert held[0] == 30
    assert held[0] < held[1] < held[2] == 120


def somebody_comes_in(world: World) -> None:
    say(world.sun_hao, "online", at=world.now + MINUTE)


def a_ticket_is_resolved(world: World) -> None:
    resolve(Ticket.objects.get(subject="held 0"), at=world.now + MINUTE)


def a_ticket_waits_for_its_customer(world: World) -> None:
    ticket = Ticket.objects.get(subject="held 0")
    for name in ("held 0", "held 1"):
        ticket = Ticket.objects.get(subject=name)
        pend_ticket(actor=world.li_na, ticket=ticket, at=world.now + MINUTE)


def a_ticket_is_handed_up(world: World) -> None:
    note = {"tried": "重置", "found": "403", "wanted": "日志"}
    ticket = Ticket.objects.get(subject="held 0")
    escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now + MINUTE, **note)


def somebody_may_hold_more(world: World) -> None:
    set_capacity(actor=SYSTEM, member=world.li_na, capacity=200, at=world.now + MINUTE)


def somebody_learns_the_topic(world: World) -> None:
    set_skill(
        actor=SYSTEM,
        member=world.chen_li,
        topic=world.topics["accounts"],
        proficiency=3,
        source="declared",
        at=world.now + MINUTE,
    )


@pytest.mark.parametrize(
    "cause",
    [
        somebody_comes_in,
        a_ticket_is_resolved,
        a_ticket_waits_for_its_customer,
        a_ticket_is_handed_up,
        somebody_may_hold_more,
        somebody_learns_the_topic,
    ],
)
def test_02_whatever_makes_room_wakes_the_matcher_at_once(world: World, cause: Callable[[World], None]):
    """The worker's own lane, which here would look again only after an hour by itself."""
    full(world)
    say(world.chen_li, "online", at=world.now)
    waits = world.ticket("waits", priority=4)
    lane = matcher_lane(world.now)
    assert owner(waits) is None
    cause(world)
    lane.tick(at=world.now + MINUTE + SECOND)
    lane.tick(at=world.now + 10 * MINUTE)
    assert owner(waits) is not None


def test_02_without_a_cause_nothing_moves_and_nothing_is_asked(world: World):
    full(world)
    waits = world.ticket("waits")
    lane = matcher_lane(world.now)
    lane.tick(at=world.now + MINUTE)
    assert owner(waits) is None
