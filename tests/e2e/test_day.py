"""The working day of an agent by keyboard alone: no test here moves, presses or points with a mouse."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from fengong.automation.models import Macro
from fengong.desk.models import Mention, Tag, Ticket, View
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.rota.actions.presence import set_presence
from fengong.rota.queries import presence_of
from tests.e2e.conftest import PATIENCE, Desk
from tests.serving import wait_for
from tests.world import PASSWORD

SETTLED = "html:not(:has(.htmx-request))"


class Hands:
    """Ten fingers on a keyboard, of somebody who looks before pressing the next key."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """One key after the other, each when the page has answered the one before."""
        for key in keys:
            self.page.wait_for_selector(SETTLED, state="attached")
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Letters, into what has the focus."""
        self.page.keyboard.type(text)

    def do(self, words: str) -> None:
        """Name something in the palette and let it be done."""
        self.press("Control+k")
        self.page.wait_for_selector("#palette[open]")
        self.type(words)
        expect(self.page.locator("#palette-options [aria-selected=true]")).to_contain_text(words)
        self.press("Enter")

    def opened(self, ticket: Ticket) -> None:
        """Wait until a ticket stands there."""
        self.page.wait_for_selector(f"#talk[data-ticket='{ticket.pk}']")


@pytest.fixture
def hands(desk: Desk, chromium: Browser) -> Iterator[Hands]:
    """周敏's, before a closed door; only she is here, so that what she cannot do by skill waits for nobody else."""
    for name in ("li_na", "sun_hao", "chen_li", "he_jie", "zhou_min"):
        set_presence(actor=SYSTEM, member=desk.world.members[name], status="offline", at=now())
    context = chromium.new_context(
        base_url=desk.server.address, viewport={"width": 1440, "height": 900}, locale="en-US"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield Hands(page)
    context.close()


def _given(desk: Desk, subject: str) -> Ticket:
    ticket = desk.world.ticket(subject, topic="api", difficulty=2, at=now())
    return assign_ticket(actor=desk.world.wang_fang, ticket=ticket, member=desk.world.zhou_min, at=now())


def _now(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def _come_in(desk: Desk, hands: Hands) -> None:
    hands.page.goto("/sign-in")
    hands.page.focus("#email")
    hands.type(desk.world.zhou_min.account.email)
    hands.press("Tab")
    hands.type(PASSWORD)
    hands.press("Enter")
    hands.page.wait_for_url("**/today")


def test_the_morning_from_the_door_to_a_reply_a_note_and_a_snooze(desk: Desk, hands: Hands):
    waiting = desk.world.ticket("发票抬头", topic="invoices", difficulty=2, at=now())
    first = _given(desk, "回调重复")
    _come_in(desk, hands)
    _go_online(desk, hands)
    _take_what_waits(desk, hands, waiting)
    hands.do("Mine")
    hands.page.wait_for_selector(f"#row-{first.pk}")
    hands.do(f"#{first.pk}")
    hands.opened(first)
    _reply_with_a_macro(hands)
    _name_a_colleague_in_a_note(desk, hands, first)
    _snooze_and_undo(hands, first)


def test_filing_by_tag_and_priority_then_a_merge_and_an_escalation(desk: Desk, hands: Hands):
    first, second, third = (_given(desk, f"matter {name}") for name in ("one", "two", "three"))
    _come_in(desk, hands)
    hands.do(f"#{first.pk}")
    hands.opened(first)
    _tag(hands, first)
    _raise_the_priority(hands, first)
    _merge(hands, first, second)
    hands.do(f"#{third.pk}")
    hands.opened(third)
    _escalate(hands, third)


def test_the_evening_resolving_searching_views_many_at_once_and_out(desk: Desk, hands: Hands):
    first, second, third = (_given(desk, f"matter {name}") for name in ("one", "two", "three"))
    _come_in(desk, hands)
    hands.press("g", "k")
    hands.page.wait_for_selector(f"#row-{first.pk}")
    hands.press("j")
    hands.opened(first)
    _resolve_and_go_on_and_undo(hands, first, second)
    _search(hands, third)
    _save_a_view(desk, hands)
    _many_at_once_and_undo(hands, third)
    hands.do("Sign out")
    hands.page.wait_for_url("**/sign-in")


def _go_online(desk: Desk, hands: Hands) -> None:
    hands.do("Online")
    wait_for(lambda: presence_of(desk.world.zhou_min) == "online")


def _take_what_waits(desk: Desk, hands: Hands, waiting: Ticket) -> None:
    hands.press("g", "k")
    hands.page.wait_for_url("**/tickets*")
    hands.do("Unassigned")
    hands.page.wait_for_selector(f"#row-{waiting.pk}")
    hands.press("j")
    hands.opened(waiting)
    hands.press("i")
    expect(hands.page.locator("#heading")).to_contain_text("周敏")
    assert _now(waiting).owner_id == desk.world.zhou_min.pk


def _reply_with_a_macro(hands: Hands) -> None:
    Macro.objects.create(name_zh="核对中", name_en="Checking", body_en="We are checking this now.")
    hands.press("m")
    hands.page.wait_for_selector("#dialog[open]")
    hands.type("Check")
    expect(hands.page.locator("#macro-shown")).to_contain_text("We are checking this now.")
    hands.press("Enter")
    expect(hands.page.locator("#thread")).to_contain_text("We are checking this now.")
    expect(hands.page.locator("#dialog")).to_be_hidden()
    hands.page.wait_for_timeout(2000)  # until the composer of the answered ticket stands


def _name_a_colleague_in_a_note(desk: Desk, hands: Hands, ticket: Ticket) -> None:
    hands.press("n")
    expect(hands.page.locator("#panel-note textarea")).to_be_focused()
    hands.type("@李娜")
    hands.page.wait_for_selector("#names-note [role=option]")
    hands.press("Enter")
    hands.type("please look at the log")
    hands.press("Control+Enter")
    expect(hands.page.locator("#thread")).to_contain_text("please look at the log")
    assert Mention.objects.filter(ticket=ticket, member=desk.world.li_na).exists()


def _snooze_and_undo(hands: Hands, ticket: Ticket) -> None:
    hands.press("Escape", "s")
    hands.page.wait_for_selector("#snooze-menu:popover-open")
    hands.press("ArrowDown", "Enter")
    expect(hands.page.locator("#heading")).to_contain_text("Snoozed until")
    assert _now(ticket).snoozed_until is not None
    hands.press("z")
    expect(hands.page.locator("#heading")).not_to_contain_text("Snoozed until")
    assert _now(ticket).status == "open"


def _tag(hands: Hands, ticket: Ticket) -> None:
    hands.press("l")
    hands.type("refund")
    hands.press("Enter")
    expect(hands.page.locator("#heading .tagline")).to_contain_text("refund")
    assert Tag.objects.get(taggings__ticket=ticket).name == "refund"


def _raise_the_priority(hands: Hands, ticket: Ticket) -> None:
    hands.press("Escape", "p")
    hands.page.wait_for_selector("#grade-priority")
    hands.press("u")
    expect(hands.page.locator("#heading")).to_contain_text("Priority Urgent")
    hands.press("Escape")
    assert _now(ticket).priority == 4


def _merge(hands: Hands, ticket: Ticket, into: Ticket) -> None:
    hands.press(".")
    hands.page.wait_for_selector("#more-menu:popover-open")
    hands.press("Enter")
    hands.page.wait_for_selector("#merge-into")
    hands.type(f"#{into.pk}")
    hands.page.wait_for_selector(f"#merge-options [data-value='#{into.pk}']")
    hands.press("ArrowDown", "Enter")
    expect(hands.page.locator("#dialog")).to_contain_text("read together")
    hands.press("Enter")
    expect(hands.page.locator("#heading")).to_contain_text(f"Merged into #{into.pk}")
    assert _now(ticket).merged_into_id == into.pk


def _escalate(hands: Hands, ticket: Ticket) -> None:
    hands.press("u")
    for part in ("read the log", "ids differ"):
        hands.type(part)
        hands.press("Tab")
    hands.type("please judge")
    hands.press("Control+Enter")
    expect(hands.page.locator("#thread")).to_contain_text("ids differ")
    assert (_now(ticket).tier, _now(ticket).status) == (3, "waiting")


def _resolve_and_go_on_and_undo(hands: Hands, first: Ticket, second: Ticket) -> None:
    hands.press("Shift+E")
    hands.opened(second)
    assert _now(first).status == "resolved"
    hands.press("z")
    wait_for(lambda: _now(first).status == "open")


def _search(hands: Hands, third: Ticket) -> None:
    hands.press("/")
    hands.type("three")
    expect(hands.page.locator("#rows .row")).to_have_count(1)
    hands.press("Escape", "Escape", "j")
    hands.opened(third)


def _save_a_view(desk: Desk, hands: Hands) -> None:
    hands.press("v")
    hands.page.wait_for_selector("#views-menu:popover-open")
    hands.press("Enter")
    hands.page.wait_for_url("**/settings/views*")
    hands.page.focus("input[name=name]")
    hands.type("Threes")
    hands.press("Enter")
    hands.page.wait_for_url("**/tickets?view=v*")
    assert View.objects.get(member=desk.world.zhou_min).name == "Threes"


def _many_at_once_and_undo(hands: Hands, third: Ticket) -> None:
    hands.press("g", "k")
    hands.page.wait_for_selector(f"#row-{third.pk}")
    hands.press("*", "p")
    hands.page.wait_for_selector("#dialog[open]")
    hands.press("Tab", "Tab", "Enter")
    wait_for(lambda: Ticket.objects.filter(priority=3).count() == 3)
    expect(hands.page.locator(".toast")).to_contain_text("3")
    hands.press("z")
    wait_for(lambda: not Ticket.objects.filter(priority=3).exists())


def test_no_mouse_was_used():
    source = inspect.getsource(sys.modules[__name__])
    for word in ("click", "mouse", "hover", "tap", "drag"):
        assert f".{word}(" not in source
