"""Handing a ticket up: one tier at a time, with a whole note, and never back to who handed it up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Load, Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.models import Escalation
from fengong.kernel.actor import MATCHER
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history, last_seq
from fengong.people.models import Member
from tests.world import World

NOTE = {"tried": "重置了密码", "found": "单点登录返回 403", "wanted": "查一下身份服务的日志"}


def owned(world: World, member: Member, **more: object) -> Ticket:
    """A ticket in a member's hands."""
    return assign_ticket(actor=world.wang_fang, ticket=world.ticket(**more), member=member, at=world.now)


def test_an_escalated_ticket_waits_one_tier_up_and_its_owner_is_free(world: World):
    ticket = owned(world, world.li_na)
    later = world.now + timedelta(minutes=3)
    escalate_ticket(actor=world.li_na, ticket=ticket, at=later, **NOTE)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.owner, ticket.tier, ticket.difficulty) == ("waiting", None, 2, 2)
    assert (ticket.effort, ticket.held, ticket.waiting_since) == (20, 0, later)
    assert Load.objects.get(member=world.li_na).effort == 0


def test_the_note_is_kept_in_its_three_parts(world: World):
    ticket = owned(world, world.li_na)
    escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, **NOTE)
    note = queries.escalations_of(ticket).get()
    assert {name: getattr(note, name) for name in NOTE} == NOTE
    assert (note.member, note.from_tier, note.to_tier) == (world.li_na, 1, 2)


@pytest.mark.parametrize("part", NOTE)
def test_a_note_without_one_of_its_parts_is_refused_by_that_field(world: World, part: str):
    ticket = owned(world, world.li_na)
    with pytest.raises(Invalid) as refused:
        escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, **{**NOTE, part: "  "})
    assert refused.value.field == part
    assert not Escalation.objects.exists()


def test_what_is_missing_in_a_note_is_named(world: World):
    ticket = owned(world, world.li_na)
    with pytest.raises(Invalid) as refused, override("en"):
        escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, tried="", found="x", wanted=" ")
    assert "“Tried”, “Wanted”" in refused.value.message


def test_the_matcher_gives_it_to_the_next_tier_and_not_back(world: World):
    world.go_online()
    ticket = owned(world, world.zhou_min)
    escalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, **NOTE)
    for _ in range(2):
        match_waiting(actor=MATCHER, at=world.now)
        ticket.refresh_from_db()
    assert ticket.owner == world.he_jie
    why = queries.why(ticket)
    assert why is not None
    reasons = {group.reason: [member for member, _ in group.members] for group in why.excluded}
    assert reasons["barred"] == [world.zhou_min]
    assert sum(member == world.zhou_min for found in reasons.values() for member in found) == 1


def test_a_ticket_nobody_else_can_take_keeps_waiting_rather_than_go_back(world: World):
    world.go_online("zhou_min")
    ticket = owned(world, world.zhou_min)
    escalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, **NOTE)
    assert match_waiting(actor=MATCHER, at=world.now) == []
    wait = queries.wait_of(ticket)
    assert wait is not None
    assert (wait.reason, wait.eligible) == ("nobody_eligible", 0)


def test_the_highest_tier_has_nowhere_to_hand_up_to(world: World):
    ticket = owned(world, world.he_jie, difficulty=3)
    with pytest.raises(Conflict):
        escalate_ticket(actor=world.he_jie, ticket=ticket, at=world.now, **NOTE)


def test_a_resolved_or_ungraded_ticket_is_not_escalated(world: World):
    resolved, ungraded = owned(world, world.li_na), world.ticket(topic=None)
    resolve_ticket(actor=world.li_na, ticket=resolved, at=world.now)
    for ticket in (resolved, ungraded):
        with pytest.raises(Conflict):
            escalate_ticket(actor=world.wang_fang, ticket=ticket, at=world.now, **NOTE)


@pytest.mark.parametrize("name", ["sun_hao", "he_jie", "qian_wei", "tang_yun"])
def test_only_its_owner_or_a_lead_hands_a_ticket_up(world: World, name: str):
    ticket = owned(world, world.li_na)
    for actor in (world.members[name], world.customer):
        with pytest.raises(Denied):
            escalate_ticket(actor=actor, ticket=ticket, at=world.now, **NOTE)
    escalate_ticket(actor=world.wang_fang, ticket=ticket, at=world.now, **NOTE)


def test_a_version_gone_by_is_not_escalated(world: World):
    ticket = owned(world, world.li_na)
    with pytest.raises(Conflict) as refused:
        escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, seen=ticket.version - 1, **NOTE)
    assert refused.value.code == "stale"


def test_one_fact_tells_of_an_escalation_and_names_who_handed_up(world: World):
    ticket, seq = owned(world, world.li_na), last_seq()
    escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, **NOTE)
    event = history("member", world.li_na.pk).filter(seq__gt=seq, verb="ticket.escalated").get()
    assert event.seq == last_seq()
    assert (event.data["from_tier"], event.data["to_tier"], event.data["reason"]) == (1, 2, "member")
