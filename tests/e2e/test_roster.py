"""The roster in a real browser: a lead drags a shift and undoes it; a member asks for leave on the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.rota.actions.shifts import plan_shift
from fengong.rota.models import Leave, Shift
from tests.e2e.conftest import Desk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_lead_drags_a_shift_to_a_colleague_and_takes_it_back(desk: Desk, visit: Callable[..., Page]):
    world = desk.world
    today = timezone.localtime(now())
    monday = today.replace(hour=9, minute=0, second=0, microsecond=0) + (14 - today.weekday()) * DAY
    shift = plan_shift(
        actor=SYSTEM, member=world.li_na, starts_at=monday, ends_at=monday + 9 * HOUR, at=now()
    )
    page = visit(world.wang_fang)
    page.goto(f"/roster?day={monday:%F}")
    cell = page.locator(f'[data-member="{world.sun_hao.pk}"][data-day="{monday + DAY:%F}"]')
    page.locator(f"#shift-{shift.pk}").drag_to(cell)
    expect(cell.locator(".is-shift")).to_be_visible()
    assert Shift.objects.get(member=world.sun_hao, starts_at=monday + DAY)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f'[data-member="{world.li_na.pk}"] .is-shift')).to_be_visible()
    expect(cell.locator(".is-shift")).to_have_count(0)
    assert not Shift.objects.filter(member=world.sun_hao, starts_at=monday + DAY).exists()


def test_a_lead_changes_a_shift_by_keyboard_alone(desk: Desk, visit: Callable[..., Page]):
    world = desk.world
    at = now().replace(minute=0, second=0, microsecond=0) + 10 * DAY
    shift = plan_shift(actor=SYSTEM, member=world.li_na, starts_at=at, ends_at=at + 3 * HOUR, at=now())
    page = visit(world.wang_fang)
    page.goto(f"/roster?day={timezone.localtime(at):%F}")
    page.locator(f"#shift-{shift.pk}").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#dialog-title")).to_have_text("Shift of 李娜")
    page.locator("#id_member").focus()
    page.keyboard.type("Sun")
    page.locator("#id_breaks").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#dialog")).to_be_hidden()
    expect(page.locator(f'[data-member="{world.sun_hao.pk}"] .is-shift')).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator(f'[data-member="{world.li_na.pk}"] .is-shift')).to_be_visible()


def test_a_member_asks_for_leave_on_the_phone(desk: Desk, visit: Callable[..., Page]):
    page = visit(desk.world.zhou_min, width=390, height=844)
    page.goto("/roster/mine")
    page.get_by_role("link", name="Ask for leave").click()
    page.get_by_label("Kind of leave").select_option("training")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", name="Waits for a decision")).to_be_visible()
    assert Leave.objects.get().member == desk.world.zhou_min
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
