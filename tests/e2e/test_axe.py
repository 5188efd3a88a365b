"""No page has a serious accessibility fault: every room, every page of settings, what opens above them, both themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from fengong.desk.actions.messages import add_note, receive_message, reply
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.clock import now
from fengong.people.actions.accounts import change_reading
from fengong.people.models import Member
from fengong.web.settings.pages import SECTIONS
from tests.e2e.axe import faults
from tests.e2e.conftest import Desk

LOOKS = [("zh-hans", "light"), ("en", "dark")]
AGENT = (
    "/today",
    "/tickets?view=all",
    "/tickets?view=mine",
    "/tickets?view=unassigned&q=nothing",
    "/division",
)
KEYS = {
    "reply": "r",
    "note": "n",
    "escalate": "u",
    "assign": "a",
    "snooze": "s",
    "more": ".",
    "grade": "p",
    "macro": "m",
    "selected": "x",
    "sheet": "?",
    "palette": "Control+k",
}


@pytest.fixture
def lived_in(desk: Desk) -> Ticket:
    """A desk with work on it; returns a ticket with a conversation."""
    world = desk.world
    for number in range(4):
        world.ticket(f"第 {number} 件", topic="invoices", difficulty=2, at=now())
    ticket = world.ticket("回调重复", topic="api", difficulty=2, at=now())
    ticket = assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=now())
    reply(
        actor=world.zhou_min,
        ticket=ticket,
        member=world.zhou_min,
        body="正在**核对**，见 `webhook-id`。",
        at=now(),
    )
    receive_message(
        actor=world.customer, ticket=ticket, contact=world.customer, body="> 正在核对\n\n好的", at=now()
    )
    add_note(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body="记一下", at=now())
    return ticket


def _reads(member: Member, language: str, theme: str) -> Member:
    change_reading(account=member.account, language=language, theme=theme)
    return member


def _all_faults(page: Page, paths: tuple[str, ...] | list[str]) -> list[str]:
    found = []
    for path in paths:
        page.goto(path)
        found += faults(page)
    return found


def _fine(found: list[str]) -> None:
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_no_room_has_a_serious_fault(
    desk: Desk, visit: Callable[..., Page], lived_in: Ticket, language: str, theme: str
):
    page = visit(_reads(desk.world.zhou_min, language, theme))
    paths = [*AGENT, f"/tickets?view=all&ticket={lived_in.pk}", "/nowhere"]
    _fine(_all_faults(page, paths))


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_nothing_that_opens_above_a_ticket_has_a_serious_fault(
    desk: Desk, visit: Callable[..., Page], lived_in: Ticket, language: str, theme: str
):
    page = visit(_reads(desk.world.zhou_min, language, theme))
    found = []
    for name, key in KEYS.items():
        page.goto(f"/tickets?view=all&ticket={lived_in.pk}")
        page.wait_for_selector("#talk[data-ticket]")
        page.keyboard.press(key)
        page.wait_for_timeout(400)
        found += [f"{name}: {fault}" for fault in faults(page)]
    _fine(found)


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_no_page_of_settings_has_a_serious_fault(
    desk: Desk, visit: Callable[..., Page], lived_in: Ticket, language: str, theme: str
):
    page = visit(_reads(desk.world.admin, language, theme))
    _fine(_all_faults(page, ["/today", "/settings", *[section.path for section in SECTIONS]]))


def test_no_first_page_has_a_serious_fault_whoever_looks(
    desk: Desk, visit: Callable[..., Page], lived_in: Ticket
):
    found = []
    for member in (desk.world.wang_fang, desk.world.qian_wei, desk.world.tang_yun):
        found += _all_faults(visit(member), ["/today"])
    _fine(found)


def test_a_phone_shows_the_same_without_a_serious_fault(
    desk: Desk, visit: Callable[..., Page], lived_in: Ticket
):
    page = visit(desk.world.zhou_min, width=390, height=844)
    found = _all_faults(page, ["/today", "/tickets?view=all", f"/tickets?view=all&ticket={lived_in.pk}"])
    _fine(found)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_door_has_no_serious_fault(desk: Desk, chromium):
    context = chromium.new_context(base_url=desk.server.address, locale="zh-CN", color_scheme="dark")
    page = context.new_page()
    _fine(_all_faults(page, ["/sign-in"]))
    context.close()
