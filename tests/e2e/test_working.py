"""A member's work on a ticket: reply, escalate, resolve; what changes meanwhile; drafts; both languages; a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fengong.desk.actions.messages import receive_message
from fengong.desk.models import Message, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.models import Escalation
from fengong.kernel.clock import now
from tests.e2e.conftest import Desk


@pytest.fixture
def mine(desk: Desk) -> Ticket:
    """A ticket of 周敏's."""
    ticket = desk.world.ticket("回调重复", topic="api", difficulty=2, at=now())
    return assign_ticket(actor=desk.world.wang_fang, ticket=ticket, member=desk.world.zhou_min, at=now())


def _now(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_a_member_replies_and_resolves_and_takes_it_back(
    desk: Desk, visit: Callable[..., Page], mine: Ticket
):
    page = visit(desk.world.zhou_min)
    page.goto("/tickets")
    page.click(f"#row-{mine.pk} a")
    page.fill("#panel-reply textarea", "您好，正在核对。")
    page.click("#panel-reply [data-send]")
    expect(page.locator("#thread")).to_contain_text("您好，正在核对。")
    expect(page.locator("#panel-reply textarea")).to_have_value("")
    page.get_by_role("button", name="Resolve", exact=False).first.click()
    expect(page.locator("#heading")).to_contain_text("Resolved")
    assert _now(mine).status == "resolved"
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#heading")).not_to_contain_text("Resolved")
    assert _now(mine).status == "open"


def test_a_member_escalates_with_three_parts(desk: Desk, visit: Callable[..., Page], mine: Ticket):
    page = visit(desk.world.zhou_min)
    page.goto(f"/tickets?ticket={mine.pk}")
    page.keyboard.press("u")
    for name, text in (("tried", "核对日志"), ("found", "重试用了新 id"), ("wanted", "请判断去重方案")):
        page.fill(f"#{name}", text)
    page.click("#panel-escalate [data-send]")
    expect(page.locator("#thread .handover")).to_contain_text("请判断去重方案")
    assert Escalation.objects.get(ticket=mine).to_tier == 3


def test_a_change_meanwhile_stops_the_reply_and_keeps_the_text(
    desk: Desk, visit: Callable[..., Page], mine: Ticket
):
    page = visit(desk.world.zhou_min)
    page.goto(f"/tickets?ticket={mine.pk}")
    page.fill("#panel-reply textarea", "我写的话")
    customer = desk.world.customer
    receive_message(actor=customer, ticket=mine, contact=customer, body="不用了，好了", at=now())
    expect(page.locator("#thread")).to_contain_text("不用了，好了")
    page.click("#panel-reply [data-send]")
    expect(page.locator(".composer [role=alert]")).to_contain_text("wrote again")
    expect(page.locator("#panel-reply textarea")).to_have_value("我写的话")
    assert not Message.objects.filter(ticket=mine, member=desk.world.zhou_min).exists()
    page.click("#panel-reply [data-send]")
    expect(page.locator("#thread")).to_contain_text("我写的话")


def test_what_one_has_opened_stays_open_while_news_come_in(desk: Desk, visit: Callable[..., Page]):
    ticket = desk.world.ticket("回调重复", topic="api", difficulty=2, at=now())
    page = visit(desk.world.wang_fang)
    page.goto(f"/tickets?view=all&ticket={ticket.pk}")
    page.get_by_text("The figures").click()
    page.locator("#tab-note").click()
    customer = desk.world.customer
    receive_message(actor=customer, ticket=ticket, contact=customer, body="补充一句", at=now())
    expect(page.locator("#thread")).to_contain_text("补充一句")
    expect(page.locator(".why table")).to_be_visible()
    expect(page.locator("#panel-note")).to_be_visible()
    expect(page.locator("#panel-reply")).to_be_hidden()


def test_a_draft_survives_a_reload(desk: Desk, visit: Callable[..., Page], mine: Ticket):
    page = visit(desk.world.zhou_min)
    page.goto(f"/tickets?ticket={mine.pk}")
    page.locator("#panel-reply textarea").press_sequentially("写了一半")
    page.reload()
    expect(page.locator("#panel-reply textarea")).to_have_value("写了一半")


def test_the_page_speaks_the_language_one_chooses(desk: Desk, visit: Callable[..., Page], mine: Ticket):
    page = visit(desk.world.zhou_min)
    page.goto(f"/tickets?ticket={mine.pk}")
    expect(page.get_by_role("tab", name="Internal note")).to_be_visible()
    page.click(".face")
    with page.expect_navigation():
        page.click("#profile button[value=zh-hans]")
    expect(page.get_by_role("tab", name="内部备注")).to_be_visible()
    expect(page.locator(".why")).to_contain_text("为什么是周敏")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_on_a_phone_from_list_to_ticket_and_back(desk: Desk, visit: Callable[..., Page], mine: Ticket):
    page = visit(desk.world.zhou_min, width=390, height=844)
    page.goto("/tickets")
    page.click(f"#row-{mine.pk} a")
    expect(page.locator("#list")).to_be_hidden()
    page.fill("#panel-reply textarea", "好的")
    page.click("#panel-reply [data-send]")
    expect(page.locator("#thread")).to_contain_text("好的")
    page.get_by_role("button", name="Details").click()
    expect(page.locator("#context")).to_contain_text("Promised times")
    page.get_by_role("button", name="Conversation").click()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("#list")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_back_and_forward_walk_the_tickets_that_were_open(
    desk: Desk, visit: Callable[..., Page], mine: Ticket
):
    page = visit(desk.world.zhou_min)
    page.goto("/tickets")
    page.click(f"#row-{mine.pk} a")
    page.wait_for_selector(f"#talk[data-ticket='{mine.pk}']")
    page.go_back()
    expect(page.locator("#talk")).to_have_count(0)
    page.go_forward()
    page.wait_for_selector(f"#talk[data-ticket='{mine.pk}']")
