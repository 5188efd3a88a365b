"""No page has a serious accessibility fault: every one there is, what opens above them, both themes.

That none was forgotten shows tests/web/test_every_page.py, which walks the addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from fengong.customers.actions.sign_in import give_link
from fengong.desk.actions.messages import add_note, receive_message, reply
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.people.actions.accounts import change_reading
from fengong.people.models import Member
from tests.e2e.axe import faults
from tests.e2e.conftest import Desk
from tests.e2e.furnished import furnish
from tests.e2e.pages import DESK, DIALOGS, OPEN, PORTAL, path_of

LOOKS = [("zh-hans", "light"), ("en", "dark")]
AGENT = (
    "/today",
    "/tickets?view=all",
    "/tickets?view=mine",
    "/tickets?view=unassigned&q=nothing",
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


def _above(page: Page, ticket: Ticket, path: str) -> list[str]:
    """What is wrong with a dialog above this ticket."""
    page.goto(f"/tickets?view=all&ticket={ticket.pk}")
    page.wait_for_selector("#talk[data-ticket]")
    page.evaluate("path => htmx.ajax('GET', path, {target: '#dialog', swap: 'innerHTML'})", path)
    page.wait_for_selector("#dialog[open] #dialog-title")
    return [f"{path}: {fault}" for fault in faults(page)]


def _furnished(desk: Desk, ticket: Ticket) -> dict[str, dict[str, Any]]:
    admin = Client()
    admin.force_login(desk.world.admin.account)
    return furnish(admin, ticket, desk.world.zhou_min)


def _doors(desk: Desk) -> list[dict[str, Any]]:
    """A link into the portal for each look; each is good for once."""
    given = {"actor": SYSTEM, "contact": desk.world.customer, "at": now()}
    return [{"secret": give_link(**given)} for _look in LOOKS]


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
def test_no_page_of_the_desk_and_no_dialog_has_a_serious_fault(
    desk: Desk, visit: Callable[..., Page], lived_in: Ticket, language: str, theme: str
):
    shown = _furnished(desk, lived_in)
    page = visit(_reads(desk.world.admin, language, theme))
    found = _all_faults(page, [path_of(name, shown) for name in DESK])
    found += [fault for name in DIALOGS for fault in _above(page, lived_in, path_of(name, shown))]
    _fine(found)


def test_no_page_of_customers_has_a_serious_fault(desk: Desk, chromium: Browser, lived_in: Ticket):
    shown, found = _furnished(desk, lived_in), []
    for (locale, theme), door in zip((("zh-CN", "light"), ("en-US", "dark")), _doors(desk), strict=True):
        context = chromium.new_context(base_url=desk.server.address, locale=locale, color_scheme=theme)
        page = context.new_page()
        found += _all_faults(page, [path_of(name, {**shown, "portal_enter": door}) for name in OPEN])
        page.click("main button.main")
        page.wait_for_url("**/portal")
        found += _all_faults(page, [path_of(name, shown) for name in PORTAL])
        context.close()
    _fine(found)


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
