"""The ladder: up by hand, by rule and by time, down again, the sender informed, and a lead where it goes in circles."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.messages import reply
from fengong.desk.actions.tickets import pend_ticket, resolve_ticket
from fengong.desk.models import Ticket
from fengong.desk.reading.watchers import is_watching
from fengong.dispatch import queries
from fengong.dispatch.actions.answers import answer_resolved, read_answer
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import deescalate_ticket, escalate_ticket
from fengong.dispatch.actions.ladders import climb_overdue
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.move_rules import MoveRules
from fengong.dispatch.reading import moves
from fengong.kernel.actor import MATCHER, SYSTEM, System
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from fengong.people.models import Member
from tests.world import World

NOTE = {"tried": "重置了密码", "found": "单点登录返回 403", "wanted": "查一下身份服务的日志"}
BACK = {"found": "身份服务缓存了旧密钥", "wanted": "请客户退出后重新登录"}
HALF_HOUR = MoveRules(tier=(30, 60))


def owned(world: World, member: Member, **more: object) -> Ticket:
    """A ticket in a member's hands."""
    return assign_ticket(actor=world.wang_fang, ticket=world.ticket(**more), member=member, at=world.now)


def given(world: World, ticket: Ticket, member: Member) -> Ticket:
    """The same ticket, given on by the lead."""
    return assign_ticket(actor=world.wang_fang, ticket=ticket, member=member, at=world.now)


def escalated(world: World) -> Ticket:
    """A ticket that 李娜 handed up and 周敏 has."""
    ticket = owned(world, world.li_na)
    escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, **NOTE)
    return given(world, ticket, world.zhou_min)


def test_who_handed_it_up_follows_it_from_then_on(world: World):
    assert is_watching(world.li_na, escalated(world))


def test_who_handed_it_up_learns_what_the_answer_was(world: World):
    ticket, later = escalated(world), world.now + timedelta(minutes=20)
    reply(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body="清了缓存。", at=later)
    assert list(moves.answers_for(world.li_na)) == []
    resolve_ticket(actor=world.zhou_min, ticket=ticket, at=later)
    assert answer_resolved(actor=SYSTEM, at=later) == 1
    step = moves.answers_for(world.li_na).get()
    assert (step.answer, step.answered_by, step.answered_at) == ("清了缓存。", world.zhou_min, later)
    told = history("member", world.li_na.pk).filter(verb="ticket.escalation_answered").get()
    assert (told.data["ticket"], told.data["by"]) == (ticket.pk, world.zhou_min.pk)
    assert answer_resolved(actor=SYSTEM, at=later) == 0


def test_an_answer_is_put_away_by_who_it_is_for_alone(world: World):
    ticket = escalated(world)
    resolve_ticket(actor=world.zhou_min, ticket=ticket, at=world.now)
    answer_resolved(actor=SYSTEM, at=world.now)
    step = moves.answers_for(world.li_na).get()
    with pytest.raises(Denied):
        read_answer(actor=world.zhou_min, escalation=step, at=world.now)
    read_answer(actor=world.li_na, escalation=step, at=world.now)
    assert not moves.answers_for(world.li_na).exists()


def test_a_ticket_given_back_down_answers_its_sender_and_returns_to_them(world: World):
    world.go_online()
    ticket = escalated(world)
    deescalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, **BACK)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.tier, ticket.difficulty, ticket.effort) == ("waiting", 1, 1, 10)
    assert ticket.preferred == world.li_na
    assert moves.answers_for(world.li_na).get().answer == BACK["found"]
    match_waiting(actor=MATCHER, at=world.now)
    ticket.refresh_from_db()
    assert ticket.owner == world.li_na


def test_a_step_down_says_what_was_found_and_what_is_left(world: World):
    ticket = escalated(world)
    with pytest.raises(Invalid) as refused:
        deescalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, found="", wanted="x")
    assert refused.value.field == "found"
    with pytest.raises(Conflict):
        deescalate_ticket(actor=world.wang_fang, ticket=owned(world, world.li_na), at=world.now, **BACK)


def test_a_rule_escalates_and_is_named_as_the_cause(world: World):
    ticket = owned(world, world.li_na)
    step = escalate_ticket(actor=System("rule:7"), ticket=ticket, at=world.now, **NOTE)
    assert (step.cause, step.by) == ("rule", "system:rule:7")


def test_a_ticket_too_long_on_its_tier_climbs_by_itself(world: World):
    ticket, later = owned(world, world.li_na), world.now + timedelta(minutes=30)
    assert climb_overdue(actor=SYSTEM, at=later - timedelta(seconds=1), rules=HALF_HOUR) == 0
    assert climb_overdue(actor=SYSTEM, at=later, rules=HALF_HOUR) == 1
    ticket.refresh_from_db()
    assert (ticket.status, ticket.tier) == ("waiting", 2)
    step = queries.escalations_of(ticket).get()
    assert (step.cause, step.minutes, step.member) == ("time", 30, world.li_na)
    assert climb_overdue(actor=SYSTEM, at=later + timedelta(minutes=59), rules=HALF_HOUR) == 0
    assert climb_overdue(actor=SYSTEM, at=later + timedelta(minutes=60), rules=HALF_HOUR) == 1


def test_what_waits_for_its_customer_does_not_climb(world: World):
    ticket = owned(world, world.li_na)
    pend_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    assert climb_overdue(actor=SYSTEM, at=world.now + timedelta(hours=3), rules=HALF_HOUR) == 0


def test_nothing_climbs_by_itself_unless_a_time_is_set(world: World):
    owned(world, world.li_na)
    assert climb_overdue(actor=SYSTEM, at=world.now + timedelta(days=3)) == 0


def bounced(world: World) -> Ticket:
    """Up, down, up: two passes back to where it was, and 周敏 has it once more."""
    ticket = escalated(world)
    deescalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, **BACK)
    given(world, ticket, world.li_na)
    escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, **NOTE)
    return given(world, ticket, world.zhou_min)


def test_the_third_pass_back_goes_to_the_lead_with_the_history(world: World):
    ticket = bounced(world)
    with pytest.raises(Conflict) as refused:
        deescalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, **BACK)
    assert refused.value.code == "referred"
    assert "王芳" in refused.value.message
    ticket.refresh_from_db()
    assert (ticket.owner, ticket.tier) == (world.zhou_min, 2)
    referral = moves.referred_to(world.wang_fang).get()
    assert (referral.ticket, referral.member, referral.figures) == (ticket, world.zhou_min, {"bounces": 3})
    assert is_watching(world.wang_fang, ticket)
    assert queries.escalations_of(ticket).count() == 3
    assert history("ticket", ticket.pk).filter(verb="ticket.referred").count() == 1


def test_while_a_lead_is_to_decide_nobody_else_passes_it_on(world: World):
    ticket = bounced(world)
    for _ in range(2):
        with pytest.raises(Conflict) as refused:
            deescalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, **BACK)
        assert refused.value.code == "referred"
    assert moves.referred_to(world.wang_fang).count() == 1
    with pytest.raises(Conflict):
        escalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, **NOTE)


def test_a_lead_who_passes_it_on_has_decided_and_the_count_begins_anew(world: World):
    ticket = bounced(world)
    with pytest.raises(Conflict):
        deescalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, **BACK)
    later = world.now + timedelta(minutes=1)
    escalate_ticket(actor=world.wang_fang, ticket=ticket, at=later, **NOTE)
    assert not moves.referred_to(world.wang_fang).exists()
    again = assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.he_jie, at=later)
    deescalate_ticket(actor=world.he_jie, ticket=again, at=later + timedelta(minutes=1), **BACK)


def test_a_ticket_that_only_climbs_never_counts_as_going_in_circles(world: World):
    ticket = escalated(world)
    escalate_ticket(actor=world.zhou_min, ticket=ticket, at=world.now, **NOTE)
    ticket.refresh_from_db()
    assert ticket.tier == 3
    assert moves.referral_of(ticket) is None
