"""The room Emergency: surges and their measures, a swarm from its form to its account, the bar on every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.emergency import queries
from fengong.emergency.actions.readiness import prepare
from fengong.emergency.actions.watching import declare_surge
from fengong.emergency.models import StandbyCall, Surge, Swarm, SwarmTask
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.standby import plan_standby
from tests.web.conftest import Reader
from tests.world import World


@pytest.fixture
def lead(world: World, reader: Callable[..., Reader]) -> Reader:
    """王芳 at her desk; everybody who takes tickets is here."""
    world.go_online()
    return reader(world.wang_fang)


def _formed(world: World, lead: Reader, **more: Any) -> Swarm:
    ticket = world.ticket("接口全部报错", topic="api", difficulty=3)
    given = {
        "title": "接口故障",
        "ticket": ticket.pk,
        "lead": world.he_jie.pk,
        "members": [world.zhou_min.pk],
        **more,
    }
    answer = lead.post("/emergency/swarms/new", given)
    assert answer.status_code == 302, answer.text
    return Swarm.objects.get()


def test_a_swarm_is_formed_from_a_ticket_with_the_best_proposed(world: World, lead: Reader):
    ticket = world.ticket("接口全部报错", topic="api", difficulty=3)
    page = lead.get(f"/emergency/swarms/new?ticket={ticket.pk}").text
    first, second = page.index("何洁"), page.index("李娜")
    assert first < second and 'value="接口全部报错"' in page
    assert f'name="lead" value="{world.he_jie.pk}" required checked' in page


def test_what_was_typed_is_kept_when_a_swarm_cannot_be_formed(world: World, lead: Reader):
    answer = lead.post("/emergency/swarms/new", {"title": "故障 & 更多", "announcement": "请注意"})
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert "故障 &amp; 更多" in answer.text and "请注意" in answer.text
    wrong = lead.post("/emergency/swarms/new", {"title": "x", "ticket": "99999", "lead": world.he_jie.pk})
    assert wrong.status_code == 422 and not Swarm.objects.exists()


def test_the_room_has_a_time_line_tasks_and_people_and_ends_with_an_account(world: World, lead: Reader):
    swarm = _formed(world, lead, announcement="正在处理")
    there = f"/emergency/swarms/{swarm.pk}"
    lead.post(f"{there}/entries", {"body": "先回滚 <b>"})
    lead.post(f"{there}/tasks", {"body": "联系云厂商"})
    task = SwarmTask.objects.get()
    lead.post(f"/emergency/tasks/{task.pk}/taking")
    lead.post(f"/emergency/tasks/{task.pk}/completion")
    lead.post(f"{there}/announcement", {"body": "已恢复"})
    page = lead.get(there).text
    for said in ("先回滚 &lt;b&gt;", "联系云厂商", "已恢复", "周敏"):
        assert said in page
    draft = lead.get(f"{there}/end").text
    assert "联系云厂商" in draft and "已恢复" in draft
    assert lead.post(f"{there}/end", {"account": " "}).status_code == 422
    assert lead.post(f"{there}/end", {"account": "## 经过\n\n已恢复。"}).status_code == 302
    after = lead.get(there).text
    assert "<h2>经过</h2>" in after and f"{there}/entries" not in after
    assert rota.presence_of(world.he_jie) == "online"


def test_people_are_taken_in_let_go_and_made_lead(world: World, lead: Reader):
    swarm = _formed(world, lead)
    there = f"/emergency/swarms/{swarm.pk}"
    lead.post(f"{there}/members", {"member": world.sun_hao.pk})
    lead.post(f"{there}/lead", {"member": world.sun_hao.pk})
    lead.post(f"{there}/leaving", {"member": world.he_jie.pk})
    swarm.refresh_from_db()
    inside = queries.members_of(swarm).filter(left_at__isnull=True)
    assert swarm.lead == world.sun_hao and {row.member for row in inside} == {world.sun_hao, world.zhou_min}


def test_the_bar_is_on_every_page_and_says_who_is_in_it(
    world: World, lead: Reader, reader: Callable[..., Reader]
):
    assert 'hx-get="/emergency/bar"' in lead.get("/today").text
    assert lead.fragment("/emergency/bar").text.strip() == ""
    _formed(world, lead, announcement="正在处理")
    bar = lead.fragment("/emergency/bar").text
    assert "接口故障" in bar and "正在处理" in bar and "You are in this swarm" not in bar
    assert "You are in this swarm" in reader(world.zhou_min).fragment("/emergency/bar").text
    assert reader(world.tang_yun).fragment("/emergency/bar").text.strip() == ""


def test_agents_see_the_room_and_call_nothing(world: World, lead: Reader, reader: Callable[..., Reader]):
    swarm = _formed(world, lead)
    agent = reader(world.li_na)
    page = agent.get("/emergency").text
    assert "/emergency/swarms/new" not in page and "接口故障" in page
    assert agent.get("/emergency/swarms/new").status_code == 403
    assert agent.post("/emergency/surges", {"topic": ""}).status_code == 403
    assert f"/emergency/swarms/{swarm.pk}/entries" not in agent.get(f"/emergency/swarms/{swarm.pk}").text
    assert agent.get(f"/emergency/swarms/{swarm.pk}/end").status_code == 403


def test_a_surge_is_called_answered_and_called_off_on_its_page(world: World, lead: Reader):
    lead.post("/emergency/surges", {"topic": world.topics["api"].pk})
    surge = Surge.objects.get()
    there = f"/emergency/surges/{surge.pk}"
    for kind in ("rings", "borrow", "shed", "standby"):
        assert lead.post(f"{there}/measures", {"kind": kind}).status_code == 302
    assert lead.get("/emergency").text.count("Take back") == 4
    lead.post(f"{there}/measures", {"kind": "shed", "off": "1"})
    assert lead.get("/emergency").text.count("Take back") == 3
    lead.post(f"{there}/end")
    assert "Take back" not in lead.get("/emergency").text


def test_whoever_is_called_answers_from_any_page(world: World, lead: Reader, reader: Callable[..., Reader]):
    at = now()
    set_presence(actor=SYSTEM, member=world.zhou_min, status="offline", at=at)
    plan_standby(
        actor=SYSTEM,
        member=world.zhou_min,
        starts_at=at,
        ends_at=at + timedelta(hours=4),
        answers_within=15,
        at=at,
    )
    surge = declare_surge(actor=SYSTEM, topic=world.topics["api"], at=at)
    lead.post(f"/emergency/surges/{surge.pk}/measures", {"kind": "standby"})
    called = reader(world.zhou_min)
    call = StandbyCall.objects.get()
    assert f"/emergency/calls/{call.pk}/answer" in called.fragment("/emergency/bar").text
    called.post(f"/emergency/calls/{call.pk}/answer", {"coming": "1"})
    assert rota.presence_of(world.zhou_min) == "online"


def test_how_the_desk_is_prepared_is_for_administrators(
    world: World, lead: Reader, reader: Callable[..., Reader]
):
    assert lead.get("/emergency/readiness").status_code == 403
    admin = reader(world.admin)
    given = {"quiet_days": 7, "automatic": ["rings", "shed"], "defer_minutes": 90}
    assert admin.post("/emergency/readiness", given).status_code == 302
    known = queries.readiness()
    assert (known.quiet_days, known.automatic, known.defer_minutes) == (7, ["rings", "shed"], 90)
    assert admin.post("/emergency/readiness", {**given, "quiet_days": 0}).status_code == 422


def test_the_room_takes_as_many_statements_for_many_as_for_few(world: World, lead: Reader):
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as told:
            lead.get("/emergency")
        return len(told)

    at = now()
    prepare(
        actor=SYSTEM,
        quiet_days=14,
        automatic=["rings"],
        defer_minutes=60,
        message_zh="",
        message_en="",
        at=at,
    )
    declare_surge(actor=SYSTEM, topic=world.topics["api"], at=at)
    _formed(world, lead)
    Swarm.objects.create(title="旧", lead=world.he_jie, formed_by="x", formed_at=at, ended_at=at, account="x")
    few = statements()
    for topic in ("accounts", "invoices"):
        declare_surge(actor=SYSTEM, topic=world.topics[topic], at=at)
    for number in range(5):
        Swarm.objects.create(title=str(number), lead=world.li_na, formed_by="x", formed_at=at)
        Swarm.objects.create(
            title="旧", lead=world.he_jie, formed_by="x", formed_at=at, ended_at=at, account="x"
        )
    assert statements() == few


def test_a_lane_is_opened_and_closed_by_administrators_and_shown_to_all(
    world: World, lead: Reader, reader: Callable[..., Reader]
):
    admin = reader(world.admin)
    assert lead.post("/emergency/lanes", {"kind": "vip"}).status_code == 403
    assert admin.post("/emergency/lanes", {"kind": "vip"}).status_code == 302
    assert (
        lead.get("/emergency").text.count("data-on") == 1
        and "/emergency/lanes" not in lead.get("/emergency").text
    )
    admin.post("/emergency/lanes", {"kind": "vip", "off": "1"})
    assert "data-on" not in lead.get("/emergency").text
