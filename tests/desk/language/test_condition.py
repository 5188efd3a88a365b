"""What queries find: each word in English and Chinese, negation, OR, brackets, times, names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.messages import add_note
from fengong.desk.actions.tickets import pend_ticket
from fengong.desk.language import condition, matches
from fengong.desk.models import Tag, Tagging, Ticket, TicketType, Watcher
from fengong.desk.queries import matching
from fengong.dispatch.actions.assignments import assign_ticket
from tests.world import World


@pytest.fixture
def cast(world: World) -> dict[str, Ticket]:
    """Three tickets that differ in everything: new and urgent, owned, old and waiting for its customer."""
    world.go_online()
    new = world.ticket("发票抬头写错了", topic="invoices", priority=4, channel="mail")
    owned = world.ticket("Webhook retries fail", topic="api", difficulty=3)
    old = world.ticket("忘记密码", at=world.now - timedelta(days=9))
    assign_ticket(actor=world.wang_fang, ticket=owned, member=world.he_jie, at=world.now)
    assign_ticket(actor=world.wang_fang, ticket=old, member=world.zhou_min, at=world.now)
    pend_ticket(actor=world.zhou_min, ticket=old, at=world.now)
    add_note(actor=world.zhou_min, ticket=old, member=world.zhou_min, body="内部", at=world.now)
    kind = TicketType.objects.create(slug="incident", name_zh="故障", name_en="Incident")
    Ticket.objects.filter(pk=owned.pk).update(type=kind, fields={"order_no": "A-12", "seats": 5})
    Tagging.objects.create(ticket=new, tag=Tag.objects.create(name="VIP", key="vip"), at=world.now)
    Watcher.objects.create(ticket=owned, member=world.li_na, at=world.now)
    return {"new": new, "owned": owned, "old": old}


FOUND = {
    "": "new owned old",
    "status:waiting": "new",
    "状态：处理中,等待客户": "owned old",
    "-status:waiting": "owned old",
    "NOT (status:waiting OR status:open)": "old",
    "status:live": "new owned old",
    "is:unassigned": "new",
    "is:unanswered": "new owned old",
    "owner:me": "owned",
    "is:mine": "owned",
    "owner:none": "new",
    "负责人:周敏": "old",
    "owner:zhou_min@example.test,me": "owned old",
    "team:south": "owned",
    "team:mine": "owned",
    "团队:北区组": "old",
    "tier:3": "owned",
    "tier<3": "new old",
    "difficulty>=medium": "owned",
    "难度:困难": "owned",
    "difficulty:1..2": "new old",
    "priority>=high": "new",
    "优先级：紧急": "new",
    "topic:accounts": "old",
    "主题:发票": "new",
    "type:incident": "owned",
    "类型:故障": "owned",
    "type:none": "new old",
    "tag:vip": "new",
    "标签:VIP": "new",
    "-tag:vip": "owned old",
    "tag:unknown": "",
    "channel:mail": "new",
    "渠道:邮件": "new",
    "customer:王强": "new owned old",
    "customer:wang@beifeng.example": "new owned old",
    "customer:nobody": "",
    "org:北风": "new owned old",
    "grade:standard": "new owned old",
    "grade:key": "",
    "opened<2d": "new owned",
    "opened>2d": "old",
    "创建>7天": "old",
    "opened:today": "new owned",
    "opened:2026-02": "old",
    "opened<2026-03-01": "old",
    "opened>=2026-03-02": "new owned",
    "opened:2026-02-01..2026-03-01": "old",
    "due<30m": "new",
    "due>30m": "owned",
    "breached:yes": "old",
    "breached:no": "new owned",
    "breached:first_response": "old",
    "snoozed:yes": "",
    "-snoozed:yes": "new owned old",
    "watching:李娜": "owned",
    "watching:me": "",
    "has:note": "old",
    "有:标签": "new",
    "-has:owner": "new",
    "field.order_no:A-12": "owned",
    'field.order_no:"A-13"': "",
    "字段.seats:5": "owned",
    "field.seats>4": "owned",
    "status:open OR tag:vip": "new owned",
    "(status:open 或 tag:vip) topic:invoices": "new",
    "priority:urgent status:open": "",
    "webhook": "owned",
    '"retries fail"': "owned",
    "-webhook": "new old",
    "发票": "new",
    "subject:密码": "old",
}


@pytest.mark.parametrize("query", FOUND)
def test_a_query_finds_what_it_says(query: str, cast: dict[str, Ticket], world: World):
    rows = matching(query, member=world.he_jie, at=world.now)
    names = {ticket.pk: name for name, ticket in cast.items()}
    assert {names[row.pk] for row in rows} == set(FOUND[query].split())


def test_a_number_finds_its_ticket(cast: dict[str, Ticket], world: World):
    for query in (f"#{cast['old'].pk}", f"number:{cast['old'].pk}", f"＃{cast['old'].pk}"):
        assert [row.pk for row in matching(query, member=None, at=world.now)] == [cast["old"].pk]


def test_one_ticket_is_asked_whether_a_query_finds_it(cast: dict[str, Ticket], world: World):
    assert matches(cast["new"], "tag:vip priority>=high", member=None, at=world.now)
    assert not matches(cast["old"], "tag:vip", member=None, at=world.now)


def test_a_condition_narrows_any_list(cast: dict[str, Ticket], world: World):
    found = Ticket.objects.filter(condition("tier:3 OR status:pending", member=None, at=world.now))
    assert found.count() == 2
