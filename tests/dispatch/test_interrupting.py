"""Urgent work breaks into lesser work where the policy says so, and only there."""

from __future__ import annotations

import pytest

from fengong.desk.actions.loads import set_capacity
from fengong.desk.actions.messages import reply
from fengong.desk.models import Load, Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.policy_rules import Interrupting, PolicyRules
from fengong.kernel.actor import MATCHER, SYSTEM
from fengong.kernel.spine import history
from tests.dispatch.publishing import publish
from tests.world import World

BREAKING = PolicyRules(interrupting=Interrupting(over=(0, 0, 0, 2)))


def fill(world: World, *priorities: int, channel: str = "mail") -> list[Ticket]:
    """李娜 alone is here and has no room left."""
    world.go_online("li_na")
    held = [world.ticket(priority=priority, channel=channel) for priority in priorities]
    for ticket in held:
        assign_ticket(actor=SYSTEM, ticket=ticket, member=world.li_na, at=world.now)
    set_capacity(actor=SYSTEM, member=world.li_na, capacity=10 * len(held), at=world.now)
    return held


def owners(*tickets: Ticket) -> list[bool]:
    for ticket in tickets:
        ticket.refresh_from_db()
    return [ticket.owner_id is not None for ticket in tickets]


def test_urgent_work_breaks_into_the_least_important_work_in_hand(world: World):
    publish(world, BREAKING)
    normal, low = fill(world, 2, 1)
    urgent = world.ticket(priority=4)
    [decision] = match_waiting(actor=MATCHER, at=world.now)
    assert (decision.ticket_id, decision.winner_id) == (urgent.pk, world.li_na.pk)
    assert decision.notes == {"interrupted": [low.pk]}
    assert owners(urgent, normal, low) == [True, True, False]
    assert low.preferred == world.li_na
    assert Load.objects.get(member=world.li_na).effort == 20
    assert [e.data["reason"] for e in history("ticket", low.pk) if e.verb == "ticket.returned"] == [
        "interrupted"
    ]
    assert queries.wait_of(urgent) is None


def test_what_nobody_has_begun_makes_way_before_what_somebody_has(world: World):
    publish(world, BREAKING)
    begun, untouched = fill(world, 1, 1)
    reply(actor=world.li_na, ticket=begun, member=world.li_na, body="您好", at=world.now)
    world.ticket(priority=4)
    match_waiting(actor=MATCHER, at=world.now)
    assert owners(begun, untouched) == [True, False]


@pytest.mark.parametrize(
    ("held", "channel", "coming"), [((3, 3), "mail", 4), ((1, 1), "chat", 4), ((1, 1), "mail", 3)]
)
def test_work_that_counts_as_much_or_is_sheltered_is_left_alone(
    world: World, held: tuple[int, ...], channel: str, coming: int
):
    publish(world, BREAKING)
    fill(world, *held, channel=channel)
    waiting = world.ticket(priority=coming)
    assert match_waiting(actor=MATCHER, at=world.now) == []
    assert owners(waiting) == [False]


def test_nothing_is_interrupted_unless_a_policy_says_so(world: World):
    fill(world, 1, 1)
    world.ticket(priority=4)
    assert match_waiting(actor=MATCHER, at=world.now) == []


def test_several_small_pieces_make_way_for_a_large_one_when_no_single_does(world: World):
    publish(world, BREAKING)
    held = fill(world, 1, 1, 1)
    urgent = world.ticket(topic="invoices", priority=4, difficulty=1)
    assert urgent.effort == 12
    match_waiting(actor=MATCHER, at=world.now)
    assert sum(owners(*held)) == 1
    assert owners(urgent) == [True]
    assert Load.objects.get(member=world.li_na).effort == 22


def test_what_was_interrupted_does_not_interrupt_back(world: World):
    publish(world, BREAKING)
    [low] = fill(world, 1)
    urgent = world.ticket(priority=4)
    for _ in range(3):
        match_waiting(actor=MATCHER, at=world.now)
    assert owners(urgent, low) == [True, False]
