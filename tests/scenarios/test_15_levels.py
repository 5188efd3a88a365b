"""Complaint 15: escalation only tells somebody; it changes no owner and no level, and the next group hears nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.automation import tasks
from fengong.desk.actions.service_policies import Rung
from fengong.desk.models import Ticket
from fengong.desk.tasks import note_breaches
from fengong.dispatch import queries
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.kernel.errors import Invalid
from fengong.kernel.models import Event
from fengong.kernel.spine import history
from tests.desk.promised import policy
from tests.scenarios.acts import MINUTE, fresh, give, match, owner
from tests.world import World

NOTE = {"tried": "重置", "found": "403", "wanted": "看日志"}


def rung(minutes: int, *deeds: dict[str, object]) -> Rung:
    return Rung(target="first_response", minutes=minutes, deeds=list(deeds))


def pass_time(world: World, minutes: float) -> None:
    """What the worker's lanes do at that minute."""
    at = world.now + minutes * MINUTE
    note_breaches(at=at)
    tasks.climb_ladders(at=at)
    match(at)


def late(world: World, *rungs: Rung) -> Ticket:
    """A ticket of 李娜 that was to be answered within the hour and is not."""
    tasks.climb_ladders(at=world.now)
    policy(first_response=60, resolution=900, rungs=rungs, at=world.now - timedelta(days=1))
    world.go_online()
    return give(world, world.ticket(), world.li_na)


def test_15_a_broken_promise_moves_the_ticket_up_a_level_and_to_another_owner(world: World):
    ticket = late(world, rung(0, {"deed": "set_tier", "tier": 2}), rung(60, {"deed": "set_tier", "tier": 3}))
    pass_time(world, 59)
    assert (fresh(ticket).tier, owner(ticket)) == (1, world.li_na)
    pass_time(world, 60.5)
    second = owner(ticket)
    assert fresh(ticket).tier == 2
    assert second is not None and second.position.tier is not None and second.position.tier >= 2
    pass_time(world, 120.5)
    assert (fresh(ticket).tier, owner(ticket)) == (3, world.he_jie)


def test_15_each_of_three_levels_tells_somebody_else(world: World):
    late(
        world,
        rung(-15, {"deed": "notify", "who": "owner", "text": "快到期"}),
        rung(0, {"deed": "notify", "who": "lead", "text": "已超时"}),
        rung(30, {"deed": "start_swarm", "text": "超时半小时"}),
    )
    for minutes in (45.5, 60.5, 90.5):
        pass_time(world, minutes)
    told = [e.data["member"] for e in Event.objects.filter(verb="ticket.member_notified").order_by("seq")]
    assert told[:2] == [world.li_na.pk, world.wang_fang.pk]
    assert len(set(told)) > 2


def test_15_each_level_is_reached_once(world: World):
    ticket = late(world, rung(0, {"deed": "set_tier", "tier": 2}))
    for minutes in (60.5, 61, 62, 200):
        pass_time(world, minutes)
    assert history("ticket", ticket.pk).filter(verb="ticket.tier_set").count() == 1


def test_15_a_member_hands_up_with_what_was_tried_found_and_wanted_and_the_next_reads_it(world: World):
    world.go_online()
    ticket = give(world, world.ticket(), world.li_na)
    escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, **NOTE)
    match(world.now)
    (step,) = queries.escalations_of(ticket)
    assert (step.from_tier, step.to_tier, step.tried, step.wanted) == (1, 2, "重置", "看日志")
    receiver = owner(ticket)
    assert receiver is not None and receiver.position.tier == 2


@pytest.mark.parametrize("part", ["tried", "found", "wanted"])
def test_15_a_hand_over_without_one_of_its_parts_is_refused_and_names_it(world: World, part: str):
    world.go_online()
    ticket = give(world, world.ticket(), world.li_na)
    with pytest.raises(Invalid) as refusal:
        escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, **(NOTE | {part: " "}))
    assert refusal.value.field == part
    assert owner(ticket) == world.li_na


def test_15_what_was_handed_up_does_not_come_back_down_to_the_same_member(world: World):
    world.go_online("li_na", "zhou_min")
    ticket = give(world, world.ticket(topic="accounts"), world.zhou_min)
    escalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, **NOTE)
    match(world.now)
    assert owner(ticket) is None, "the only one who could take it is the one who handed it up"
    assert queries.barred([ticket.pk]) == {ticket.pk: {world.zhou_min.pk}}
    world.go_online("he_jie")
    match(world.now)
    assert owner(ticket) == world.he_jie
