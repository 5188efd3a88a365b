"""On a phone of 390 pixels: hand over, escalate and snooze, with nothing cut off."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.clock import now
from tests.e2e.conftest import Desk
from tests.serving import wait_for


def _given(desk: Desk, subject: str) -> Ticket:
    ticket = desk.world.ticket(subject, topic="api", difficulty=2, at=now())
    return assign_ticket(actor=desk.world.wang_fang, ticket=ticket, member=desk.world.zhou_min, at=now())


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= 390"))


def test_a_ticket_is_snoozed_handed_over_and_escalated_with_a_thumb(desk: Desk, visit: Callable[..., Page]):
    first, second = _given(desk, "回调重复"), _given(desk, "发票抬头")
    page = visit(desk.world.zhou_min, width=390, height=844)
    page.goto(f"/tickets?ticket={first.pk}")
    page.get_by_role("button", name="Snooze").first.click()
    page.get_by_role("button", name="In an hour").click()
    expect(page.locator("#heading")).to_contain_text("Snoozed until")
    assert _fits(page)
    page.get_by_role("button", name="Hand over").click()
    page.locator(f"#effects button[value='{desk.world.he_jie.pk}']").click()
    wait_for(lambda: Ticket.objects.get(pk=first.pk).owner_id == desk.world.he_jie.pk)
    page.goto(f"/tickets?ticket={second.pk}")
    page.get_by_role("tab", name="Escalate").click()
    for name in ("tried", "found", "wanted"):
        page.fill(f"#{name}", "看过日志")
    assert _fits(page)
    page.locator("#panel-escalate [data-send]").click()
    expect(page.locator("#thread .handover")).to_contain_text("看过日志")
    assert Ticket.objects.get(pk=second.pk).tier == 3
