"""Passing a ticket to another tier on its page, and reading why a rule moved it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.dispatch.actions.handing_over import hand_over_work
from fengong.dispatch.actions.ladders import climb_overdue
from fengong.dispatch.actions.rebalancing import even_out
from fengong.dispatch.actions.silence import move_on_from_silent
from fengong.dispatch.actions.standing_in import name_stand_in
from fengong.dispatch.move_rules import MoveRules
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.people.models import Member
from fengong.rota.actions.leave import approve_leave, request_leave
from tests.world import World

NOTE = {"tried": "重置", "found": "403", "wanted": "看日志"}


def owned(world: World, member: Member, **more: object) -> Ticket:
    return assign_ticket(actor=world.wang_fang, ticket=world.ticket(**more), member=member, at=world.now)


def test_every_part_of_the_note_that_is_blank_is_named_and_the_rest_is_kept(world: World, reader):
    ticket = owned(world, world.li_na)
    answer = reader(world.li_na).do(
        f"/tickets/{ticket.pk}/escalation", tried="", found="查到 403", wanted=" "
    )
    assert answer.status_code == 422
    assert "“Tried” is blank" in answer.text
    assert "“Wanted” is blank" in answer.text
    assert "查到 403" in answer.text
    assert answer.text.count('aria-invalid="true"') == 2


def test_a_ticket_is_given_back_down_with_the_answer(world: World, reader):
    ticket = owned(world, world.zhou_min, difficulty=2)
    page = reader(world.zhou_min).fragment(f"/tickets/{ticket.pk}").text
    assert "Back to L1, with the answer" in page
    wanted = {"way": "down", "found": "按手册处理", "wanted": "请重置", "seen": ticket.version}
    answer = reader(world.zhou_min).do(f"/tickets/{ticket.pk}/escalation", **wanted)
    assert answer.status_code == 200
    assert "周敏 gave it back from L2 to L1" in answer.text
    ticket.refresh_from_db()
    assert (ticket.tier, ticket.status) == (1, "waiting")


def test_a_pass_that_a_lead_has_to_decide_says_who_decides_and_keeps_the_note(world: World, reader):
    ticket = owned(world, world.li_na)
    for sender, receiver in (("li_na", "zhou_min"), ("zhou_min", "li_na")) * 2:
        client, way = reader(world.members[sender]), "up" if sender == "li_na" else "down"
        answer = client.do(f"/tickets/{ticket.pk}/escalation", way=way, **NOTE)
        if answer.status_code == 409:
            break
        assign_ticket(actor=SYSTEM, ticket=ticket, member=world.members[receiver], at=now())
    assert answer.status_code == 409
    assert "王芳 decides now" in answer.text
    assert "看日志" in answer.text


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_move_by_a_rule_is_explained_on_the_ticket(world: World, reader, language: str):
    said = {
        "en": {
            "balanced": "It was moved to even out load",
            "silent": "had not answered the customer for 40 min",
            "stand_in": "this is who stands in: Sun Hao",
        },
        "zh-hans": {"balanced": "均衡负荷", "silent": "没有回复客户", "stand_in": "由其代理"},
    }[language]
    world.wang_fang.account.language = language
    world.wang_fang.account.save()
    found = {}
    for kind, moved in (("silent", _silent), ("balanced", _balanced), ("stand_in", _stood_in)):
        ticket = moved(world)
        answer = reader(world.wang_fang).fragment(f"/tickets/{ticket.pk}")
        found[kind] = said[kind] in answer.text
    assert found == {"silent": True, "balanced": True, "stand_in": True}


def test_a_step_up_by_time_tells_how_long_it_was_there(world: World, reader):
    ticket = owned(world, world.li_na)
    climb_overdue(actor=SYSTEM, at=world.now + timedelta(minutes=30), rules=MoveRules(tier=(30, 0)))
    page = reader(world.wang_fang).fragment(f"/tickets/{ticket.pk}").text
    assert "After 30 min on L1 it went up to L2 by itself" in page


def test_the_answer_stands_with_the_step_that_asked_for_it(world: World, reader):
    ticket = owned(world, world.li_na)
    escalate_ticket(actor=world.li_na, ticket=ticket, at=world.now, **NOTE)
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    wanted = {"way": "down", "found": "清除缓存即可", "wanted": "请告知客户"}
    reader(world.zhou_min).do(f"/tickets/{ticket.pk}/escalation", **wanted)
    page = reader(world.li_na).fragment(f"/tickets/{ticket.pk}").text
    assert page.count("清除缓存即可") == 2


def _silent(world: World) -> Ticket:
    world.go_online("li_na", "sun_hao")
    ticket = owned(world, world.li_na, priority=4)
    move_on_from_silent(actor=SYSTEM, at=world.now + timedelta(minutes=40))
    return ticket


def _balanced(world: World) -> Ticket:
    world.go_online("he_jie", "zhou_min")
    tickets = [owned(world, world.zhou_min, topic="api", channel="mail") for _ in range(8)]
    even_out(actor=SYSTEM, at=world.now + timedelta(minutes=10))
    mine = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets])
    return mine.exclude(owner=world.zhou_min).first() or tickets[0]


def _stood_in(world: World) -> Ticket:
    member = world.chen_li
    ticket = owned(world, member, topic="invoices")
    name_stand_in(actor=member, member=member, by_member=world.sun_hao, at=world.now)
    world.go_online("sun_hao")
    ends = world.now + timedelta(days=3)
    leave = request_leave(
        actor=member, member=member, kind="sick", starts_at=world.now, ends_at=ends, at=world.now
    )
    approve_leave(actor=world.admin, leave=leave, at=world.now)
    hand_over_work(actor=SYSTEM, at=world.now + timedelta(minutes=41))
    return ticket
