"""A customer writes in: the board shows it at once, with its owner and why; a lead moves it by hand."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from fengong.desk.models import Ticket
from fengong.kernel.clock import now
from tests.e2e.conftest import Desk
from tests.serving import wait_for


def test_a_new_ticket_is_on_the_board_within_a_second_and_says_why(desk: Desk, visit: Callable[..., Page]):
    page = visit(desk.world.wang_fang)
    page.goto("/division")
    _wait_until_listening(page)
    started = time.monotonic()
    ticket = desk.world.ticket("回调重复", topic="api", difficulty=2, at=now())
    page.wait_for_selector(f"#part-{ticket.pk}, #wait-{ticket.pk}")
    appeared = time.monotonic() - started
    page.wait_for_selector(f"#part-{ticket.pk}")
    owner = Ticket.objects.select_related("owner").get(pk=ticket.pk).owner
    page.click(f"#part-{ticket.pk}")
    expect(page.locator("#decision")).to_contain_text(f"Why {owner.display_name}")
    expect(page.locator("#decision")).to_contain_text("members could take it")
    page.get_by_text("The figures").click()
    expect(page.locator("#decision table")).to_contain_text("Load already held")
    assert appeared < 1.0


def test_a_lead_drags_a_ticket_with_the_effect_shown_before_the_drop(desk: Desk, visit: Callable[..., Page]):
    world = desk.world
    ticket = world.ticket("回调重复", topic="api", difficulty=2, at=now())
    page = visit(world.wang_fang)
    page.goto("/division")
    part = page.locator(f"#part-{ticket.pk}")
    part.wait_for()
    owner = Ticket.objects.get(pk=ticket.pk).owner_id
    other = world.chen_li if owner == world.zhou_min.pk else world.zhou_min
    row = page.locator(f"#member-{other.pk}")
    _lift(page, part, row.locator(".lane"))
    expect(row.locator(".effect")).to_contain_text("30 of 180 min after")
    assert Ticket.objects.get(pk=ticket.pk).owner_id == owner
    page.mouse.up()
    expect(row.locator(f"#part-{ticket.pk}")).to_be_visible()
    assert Ticket.objects.get(pk=ticket.pk).owner_id == other.pk
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#member-{owner} #part-{ticket.pk}")).to_be_visible()


def test_escape_puts_a_dragged_ticket_back(desk: Desk, visit: Callable[..., Page]):
    ticket = desk.world.ticket("回调重复", topic="api", difficulty=2, at=now())
    page = visit(desk.world.wang_fang)
    page.goto("/division")
    part = page.locator(f"#part-{ticket.pk}")
    part.wait_for()
    owner = Ticket.objects.get(pk=ticket.pk).owner_id
    other = desk.world.chen_li if owner == desk.world.zhou_min.pk else desk.world.zhou_min
    _lift(page, part, page.locator(f"#member-{other.pk} .lane"))
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(f"#member-{owner} #part-{ticket.pk}")).to_be_visible()
    assert Ticket.objects.get(pk=ticket.pk).owner_id == owner


def test_the_same_by_keyboard_and_menu(desk: Desk, visit: Callable[..., Page]):
    world = desk.world
    ticket = world.ticket("回调重复", topic="api", difficulty=2, at=now())
    page = visit(world.wang_fang)
    page.goto("/division")
    page.locator(f"#part-{ticket.pk}").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Give to…").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#dialog[open]")
    page.locator(f"#effects button[value='{world.he_jie.pk}']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#member-{world.he_jie.pk} #part-{ticket.pk}")).to_be_visible()
    assert Ticket.objects.get(pk=ticket.pk).owner_id == world.he_jie.pk


def _wait_until_listening(page: Page) -> None:
    """Asked from outside, for the page's own policy refuses what Playwright would evaluate again and again in it."""
    wait_for(lambda: page.evaluate("Boolean(document.getElementById('live')._htmx?.sse?.reader)"))


def _lift(page: Page, part, lane) -> None:
    start, end = part.bounding_box(), lane.bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 20, steps=4)
    page.mouse.move(end["x"] + end["width"] * 0.6, end["y"] + 12, steps=10)
    page.wait_for_selector("tr[data-verdict]")
    page.mouse.move(end["x"] + end["width"] * 0.6 + 3, end["y"] + 13, steps=3)
