"""Hands on the keyboard: everything without a mouse, and nothing while a Chinese word is being composed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from fengong.desk.models import Message, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.clock import now
from tests.e2e.conftest import Desk


def _give(desk: Desk, count: int) -> list[Ticket]:
    world = desk.world
    tickets = [world.ticket(f"第 {n} 件", topic="api", difficulty=2, at=now()) for n in range(1, count + 1)]
    return [assign_ticket(actor=world.wang_fang, ticket=t, member=world.zhou_min, at=now()) for t in tickets]


def test_reply_and_resolve_and_go_on_without_a_mouse(desk: Desk, visit: Callable[..., Page]):
    first, second = _give(desk, 2)
    page = visit(desk.world.zhou_min)
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.wait_for_url("**/tickets*")
    page.keyboard.press("j")
    page.wait_for_selector(f"#talk[data-ticket='{first.pk}']")
    page.keyboard.press("r")
    page.keyboard.type("on it")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#thread")).to_contain_text("on it")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+E")
    page.wait_for_selector(f"#talk[data-ticket='{second.pk}']")
    assert Ticket.objects.get(pk=first.pk).status == "resolved"
    page.keyboard.press("?")
    expect(page.locator("#sheet")).to_be_visible()


def test_the_palette_goes_to_a_ticket_by_number_and_does_what_is_typed(
    desk: Desk, visit: Callable[..., Page]
):
    (ticket,) = _give(desk, 1)
    page = visit(desk.world.zhou_min)
    page.keyboard.press("Control+k")
    page.keyboard.type(f"#{ticket.pk}")
    expect(page.locator(f"#found-{ticket.pk}[aria-selected=true]")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets*")
    page.wait_for_selector(f"#talk[data-ticket='{ticket.pk}']")
    page.keyboard.press("Control+k")
    page.keyboard.type("wait for")
    page.keyboard.press("Enter")
    expect(page.locator("#heading")).to_contain_text("Waiting for the customer")
    assert Ticket.objects.get(pk=ticket.pk).status == "pending"


def test_nothing_happens_while_a_word_is_composed(desk: Desk, visit: Callable[..., Page]):
    (ticket,) = _give(desk, 1)
    page = visit(desk.world.zhou_min)
    page.goto(f"/tickets?ticket={ticket.pk}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)
    page.keyboard.press("/")
    session = page.context.new_cdp_session(page)
    for part in ("f", "fa", "fapiao"):
        session.send(
            "Input.imeSetComposition", {"text": part, "selectionStart": len(part), "selectionEnd": len(part)}
        )
    page.wait_for_timeout(600)
    assert asked == []
    with page.expect_request(lambda request: "q=" in request.url and "/suggestions" not in request.url):
        session.send("Input.insertText", {"text": "发票"})
    page.wait_for_timeout(800)
    assert len([url for url in asked if "/suggestions" not in url]) == 1
    assert page.locator("#filter").input_value() == "发票"


def test_a_composing_enter_does_not_send(desk: Desk, visit: Callable[..., Page]):
    (ticket,) = _give(desk, 1)
    page = visit(desk.world.zhou_min)
    page.goto(f"/tickets?ticket={ticket.pk}")
    page.focus("#panel-reply textarea")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "nihao", "selectionStart": 5, "selectionEnd": 5})
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true, cancelable: true}))"
    )
    page.wait_for_timeout(400)
    assert not Message.objects.filter(ticket=ticket, member=desk.world.zhou_min).exists()
