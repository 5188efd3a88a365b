"""Words on their way: sent once, gone once they are sent, kept when they are not, in whatever order answers come."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fengong.desk.models import Draft, Message, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.clock import now
from tests.e2e.conftest import Desk
from tests.serving import wait_for

Visit = Callable[..., Page]
REPLY, NOTE = "#panel-reply textarea", "#panel-note textarea"
SENT = "您好，正在核对。"

GATES = """(gates) => {
  const real = window.fetch, answered = (window.answered = new Set()), gone = (part) => answered.has(part)
  const until = async (part) => { while (part && !gone(part)) await new Promise((done) => setTimeout(done, 10)) }
  window.fetch = async (url, options) => {
    const [part, before, after] = gates.find(([part]) => String(url).includes(part)) ?? []
    await until(before)
    const answer = await real(url, options)
    await answer.clone().text()
    await until(after)
    if (part) setTimeout(() => answered.add(part), 50)
    return answer
  }
}"""
"""Hold what is asked (or its answer) until another answer is there; each gate says for which address."""

DRAFT, REPLIES, NEWS = "/drafts/", "/replies", "part=live"
ORDERS = {
    "as they come": [[DRAFT], [REPLIES], [NEWS]],
    "the draft leaves after the reply": [[DRAFT, REPLIES], [REPLIES], [NEWS]],
    "the draft is answered after the reply": [[DRAFT, None, REPLIES], [REPLIES], [NEWS]],
    "the reply leaves after the draft": [[DRAFT], [REPLIES, DRAFT], [NEWS]],
    "the news come before the reply's answer": [[DRAFT], [REPLIES, None, NEWS], [NEWS]],
    "the news and the draft come last": [[DRAFT, NEWS], [REPLIES], [NEWS, None, REPLIES]],
}


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    given = desk.world.ticket("Webhook 重试后订单重复", topic="api", difficulty=2)
    return assign_ticket(actor=desk.world.wang_fang, ticket=given, member=desk.world.zhou_min, at=now())


@pytest.fixture
def page(desk: Desk, visit: Visit, ticket: Ticket) -> Page:
    found = visit(desk.world.zhou_min)
    found.goto(f"/tickets?view=all&ticket={ticket.pk}")
    expect(found.locator(REPLY)).to_be_visible()
    return found


def _said(ticket: Ticket) -> list[str]:
    mine = Message.objects.filter(ticket=ticket, member__isnull=False)
    return list(mine.order_by("id").values_list("body", flat=True))


def test_what_was_sent_does_not_come_back_in_whatever_order_the_answers_come(page: Page, ticket: Ticket):
    for number, (order, gates) in enumerate(ORDERS.items()):
        page.evaluate(GATES, gates)
        page.fill(REPLY, f"{SENT}{number}")
        page.click("#panel-reply [data-send]")
        page.wait_for_function("(parts) => parts.every((part) => answered.has(part))", arg=[DRAFT, REPLIES])
        expect(page.locator("#thread"), order).to_contain_text(f"{SENT}{number}")
        expect(page.locator(REPLY), order).to_have_value("")
        assert not Draft.objects.exists(), order
        page.reload()
        expect(page.locator(REPLY), order).to_have_value("")
    assert _said(ticket) == [f"{SENT}{number}" for number in range(len(ORDERS))]


def test_keys_pressed_twice_send_once_and_what_is_typed_on_stays(page: Page, ticket: Ticket):
    page.evaluate(GATES, [["/replies", "release"]])
    page.fill(REPLY, SENT)
    page.press(REPLY, "Control+Enter")
    page.press(REPLY, "Control+Enter")
    page.locator(REPLY).press_sequentially("另外，")
    page.evaluate("answered.add('release')")
    expect(page.locator("#thread")).to_contain_text(SENT)
    expect(page.locator(REPLY)).to_have_value("另外，")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert _said(ticket) == [SENT]
    page.reload()
    expect(page.locator(REPLY)).to_have_value("另外，")


def test_an_answer_that_comes_when_another_ticket_is_open_does_not_take_its_place(
    desk: Desk, page: Page, ticket: Ticket
):
    other = desk.world.ticket("另一张")
    page.reload()
    page.evaluate(GATES, [["/replies", "release"]])
    page.fill(REPLY, SENT)
    page.press(REPLY, "Control+Enter")
    page.click(f"#row-{other.pk} a")
    page.wait_for_selector(f"#talk[data-ticket='{other.pk}']")
    page.locator("#tab-note").click()
    page.fill(NOTE, "写在另一张上")
    page.evaluate("answered.add('release')")
    expect(page.locator(".toast")).to_contain_text("Sent.")
    assert page.get_attribute("#talk", "data-ticket") == str(other.pk)
    expect(page.locator(NOTE)).to_have_value("写在另一张上")
    page.click(f"#row-{ticket.pk} a")
    expect(page.locator("#thread")).to_contain_text(SENT)
    expect(page.locator(REPLY)).to_have_value("")
    assert _said(ticket) == [SENT]


def test_what_could_not_be_sent_goes_on_being_kept(page: Page, ticket: Ticket):
    page.route("**/replies*", lambda route: route.abort())
    page.fill(REPLY, SENT)
    page.press(REPLY, "Control+Enter")
    expect(page.locator(REPLY)).to_have_value(SENT)
    page.locator(REPLY).press_sequentially("还有")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert Draft.objects.get().body == f"{SENT}还有"
    page.unroute("**/replies*")
    page.press(REPLY, "Control+Enter")
    expect(page.locator("#thread")).to_contain_text(f"{SENT}还有")
    expect(page.locator(REPLY)).to_have_value("")
    assert _said(ticket) == [f"{SENT}还有"]


def test_what_returns_after_a_crash_with_the_line_down_is_said_to_be_saved(page: Page, ticket: Ticket):
    page.context.route("**/drafts/**", lambda route: route.abort())
    page.locator(REPLY).press_sequentially("线路断了")
    page.reload()
    expect(page.locator(REPLY)).to_have_value("线路断了")
    expect(page.get_by_text("Draft saved")).to_be_hidden()
    page.context.unroute("**/drafts/**")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert wait_for(Draft.objects.first).body == "线路断了"
    page.reload()
    expect(page.get_by_text("Draft saved")).to_be_visible()
