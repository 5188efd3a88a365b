"""Today: something useful for everybody, and what waits beside one's open tickets."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.drafts import keep_draft
from fengong.desk.actions.messages import add_note, reply
from fengong.desk.actions.snoozes import snooze_ticket
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.answers import answer_resolved
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.dispatch.models import Move
from fengong.dispatch.reading.absences import stand_ins_of
from fengong.dispatch.reading.moves import answers_for
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from tests.world import World


@pytest.fixture
def mine(world: World) -> Ticket:
    """A ticket of 周敏's."""
    ticket = world.ticket("回调重复", topic="api", difficulty=2, at=now())
    return assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=now())


def test_an_administrator_sees_what_is_left_to_set_up_and_whether_everything_runs(world: World, reader):
    page = reader(world.admin).get("/today").text
    assert "Set-up and health" in page
    assert "The worker is silent" in page


def test_an_hr_partner_sees_the_teams_with_presence_and_skills(world: World, reader):
    world.go_online("zhou_min")
    page = reader(world.qian_wei).get("/today").text
    assert "North" in page
    assert "周敏" in page
    assert "Accounts 5" in page
    assert "Do this next" not in page


def test_a_counsellor_sees_shifts_and_no_ticket(world: World, reader):
    world.ticket("secret")
    page = reader(world.tang_yun).get("/today").text
    assert "A room of your own" in page
    assert "My shift" in page
    assert "secret" not in page


def test_an_agent_is_told_where_they_were_named(world: World, reader, mine: Ticket):
    add_note(actor=world.zhou_min, ticket=mine, member=world.zhou_min, body="@李娜 请看日志", at=now())
    assert "You were named" in reader(world.li_na).get("/today").text
    assert "You were named" not in reader(world.sun_hao).get("/today").text


def test_what_was_put_aside_and_comes_back_today_is_listed(world: World, reader, mine: Ticket):
    snooze_ticket(actor=world.zhou_min, ticket=mine, until=now() + timedelta(seconds=30), at=now())
    assert "Comes back today" in reader(world.zhou_min).get("/today").text


def test_words_not_sent_yet_are_listed(world: World, reader, mine: Ticket):
    keep_draft(
        actor=world.zhou_min, ticket=mine, member=world.zhou_min, kind="reply", body="写了一半", at=now()
    )
    page = reader(world.zhou_min).get("/today").text
    assert "Not sent yet" in page
    assert "写了一半" in page


def test_who_handed_a_ticket_up_reads_the_answer_and_puts_it_away(world: World, reader, mine: Ticket):
    note = {"tried": "重放", "found": "重复", "wanted": "去重方案"}
    escalate_ticket(actor=world.zhou_min, ticket=mine, at=now(), **note)
    assign_ticket(actor=world.wang_fang, ticket=mine, member=world.he_jie, at=now())
    reply(actor=world.he_jie, ticket=mine, member=world.he_jie, body="按请求号去重。", at=now())
    resolve_ticket(actor=world.he_jie, ticket=mine, at=now())
    answer_resolved(actor=SYSTEM, at=now())
    page = reader(world.zhou_min).get("/today").text
    assert "What came of what you handed up" in page
    assert "按请求号去重。" in page
    step = answers_for(world.zhou_min).get()
    assert reader(world.li_na).do(f"/today/answers/{step.pk}").status_code == 403
    assert "按请求号去重。" not in reader(world.zhou_min).do(f"/today/answers/{step.pk}").text


def test_a_member_names_who_stands_in_for_them_and_takes_it_back(world: World, reader):
    client = reader(world.li_na)
    assert "Sun Hao · L1" in client.fragment("/today/stand-in").text
    assert "Sun Hao stands in." in client.do("/today/stand-in", by_member=world.sun_hao.pk).text
    named = stand_ins_of(world.li_na.pk).get()
    assert "Sun Hao stands in." not in client.do("/today/stand-in", remove=named.pk).text
    refused = client.do("/today/stand-in", by_member=world.sun_hao.pk, starts_at="2026-03-02T08:00")
    assert refused.status_code == 422


def test_a_lead_sees_what_went_back_and_forth_until_they_decide(world: World, reader, mine: Ticket):
    Move.objects.create(
        ticket=mine,
        kind="referred",
        member=world.zhou_min,
        to=world.wang_fang,
        by="member:1",
        at=now(),
        figures={"bounces": 3},
    )
    assert "went back and forth 3 times; 周敏 holds it" in reader(world.wang_fang).get("/today").text
    assert "You decide who has it" not in reader(world.zhou_min).get("/today").text
