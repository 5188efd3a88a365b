"""A sudden matter: a lead brings people together, everybody sees it at once, and it is over."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from fengong.desk.models import Ticket
from fengong.emergency.models import Swarm
from fengong.rota import queries as rota
from tests.e2e.conftest import Desk
from tests.serving import wait_for

DONE = re.compile(r"/emergency/swarms/\d+$")


def test_a_swarm_is_formed_seen_by_all_worked_in_by_two_and_stood_down(
    desk: Desk, visit: Callable[..., Page]
):
    world = desk.world
    ticket = world.ticket("接口全部报错", topic="api", difficulty=3)
    agent, expert, lead = (visit(member) for member in (world.li_na, world.he_jie, world.wang_fang))
    expect(lead.locator(".alarm-bar")).to_have_count(0)
    _call_together(lead, ticket)
    wait_for(lambda: Ticket.objects.get(pk=ticket.pk).owner == world.he_jie, seconds=10)
    assert rota.presence_of(world.he_jie) == "engaged"

    # Everybody learns of it where they are, without asking.
    expect(agent.locator(".alarm-bar")).to_contain_text("接口故障，正在处理")
    expect(expert.locator(".alarm-bar")).to_contain_text("You are in this swarm")
    _work_in_one_room(expert, lead)
    _stand_down(lead)
    expect(agent.locator(".alarm-bar")).to_have_count(0)
    assert not Swarm.objects.get().is_running and rota.presence_of(world.he_jie) == "online"


def _call_together(lead: Page, ticket: Ticket) -> None:
    lead.goto(f"/emergency/swarms/new?ticket={ticket.pk}")
    expect(lead.get_by_role("radio", name="何洁 leads")).to_be_checked()
    lead.get_by_label("What everybody is told").fill("接口故障，正在处理")
    lead.get_by_role("button", name="Call them together").click()
    lead.wait_for_url(DONE)


def _work_in_one_room(expert: Page, lead: Page) -> None:
    """Each sees at once what the other does."""
    expert.locator(".alarm-bar a").first.click()
    expert.wait_for_url(DONE)
    expert.get_by_label("Something to do").fill("回滚版本")
    expert.get_by_role("button", name="Add task").click()
    expect(lead.locator(".swarm-tasks")).to_contain_text("回滚版本")
    expert.get_by_role("button", name=re.compile("I take it")).click()
    expect(lead.locator(".swarm-tasks")).to_contain_text("何洁")
    expert.locator(".swarm-tasks").get_by_role("button", name=re.compile("Done")).click()
    expect(lead.locator(".swarm-tasks [data-done]")).to_contain_text("回滚版本")
    lead.get_by_label("Say something to the swarm").fill("客户确认恢复")
    lead.get_by_role("button", name="Say it").click()
    expect(expert.locator(".timeline")).to_contain_text("客户确认恢复")


def _stand_down(lead: Page) -> None:
    """Back to normal, with an account drafted from the room."""
    lead.get_by_role("link", name="Stand down").click()
    expect(lead.get_by_label("Account")).to_have_value(re.compile("客户确认恢复[\\s\\S]*回滚版本"))
    lead.get_by_role("button", name="Stand down").click()
    expect(lead.locator(".account")).to_contain_text("客户确认恢复")
