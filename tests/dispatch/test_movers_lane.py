"""The worker's lane of movers: each rule is reached from the tables, by the dials of the policy in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from fengong.config.sweeps import LANES
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.dispatch.actions.policies import draft_policy, publish_policy
from fengong.dispatch.models import Escalation, Move
from fengong.dispatch.move_rules import MoveRules
from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.reading.moves import answers_for
from fengong.kernel.jobs.sweeper import Sweeper
from fengong.people.models import Member
from tests.world import World

NOTE = {"tried": "重置", "found": "403", "wanted": "看日志"}


def sweep(at: datetime) -> None:
    """One look of a worker at everything in the lane."""
    Sweeper(LANES["movers"], holder=f"test-{at.timestamp()}").tick(at=at)


def owned(world: World, member: Member, **more: object) -> Ticket:
    return assign_ticket(actor=world.wang_fang, ticket=world.ticket(**more), member=member, at=world.now)


def in_force(world: World, moves: MoveRules) -> None:
    rules = replace(PolicyRules(), moves=moves)
    edition = draft_policy(actor=world.wang_fang, rules=rules, note="", at=world.now)
    publish_policy(actor=world.wang_fang, edition=edition, at=world.now)


def test_the_worker_moves_what_waits_for_a_silent_owner(world: World):
    world.go_online("li_na", "sun_hao")
    ticket = owned(world, world.li_na, priority=4)
    sweep(world.now + timedelta(minutes=31))
    ticket.refresh_from_db()
    assert (ticket.owner, Move.objects.get().kind) == (world.sun_hao, "silent")


def test_a_published_policy_sets_the_dials_of_moves(world: World):
    in_force(world, MoveRules(tier=(20, 0), silence=(0, 0, 0, 0)))
    world.go_online("li_na", "sun_hao")
    ticket = owned(world, world.li_na, priority=4)
    sweep(world.now + timedelta(minutes=31))
    assert not Move.objects.exists()
    assert Escalation.objects.get(ticket=ticket).cause == "time"


def test_the_worker_tells_who_handed_up_what_came_of_it(world: World):
    ticket = owned(world, world.li_na)
    escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, **NOTE)
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    resolve_ticket(actor=world.zhou_min, ticket=ticket, at=world.now)
    sweep(world.now + timedelta(seconds=1))
    assert answers_for(world.li_na).get().answered_by == world.zhou_min


def test_the_worker_hands_over_when_a_shift_is_over_and_evens_out_when_somebody_comes(world: World):
    for _ in range(9):
        owned(world, world.li_na, channel="mail")
    world.go_online("li_na", "sun_hao")
    sweep(world.now + timedelta(minutes=10))
    assert set(Move.objects.values_list("kind", flat=True)) == {"balanced"}
    sweep(world.now + timedelta(hours=4, minutes=30))
    assert "shift_end" in set(Move.objects.values_list("kind", flat=True))
