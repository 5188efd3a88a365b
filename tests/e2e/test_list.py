"""The list at work: what is done leaves it at once and is back when refused; completion; tickets of others."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from fengong.desk.actions.views import save_view
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.clock import now
from tests.e2e.conftest import Desk


def _given(desk: Desk, subject: str) -> Ticket:
    ticket = desk.world.ticket(subject, topic="api", difficulty=2, at=now())
    return assign_ticket(actor=desk.world.wang_fang, ticket=ticket, member=desk.world.zhou_min, at=now())


def test_a_resolved_ticket_leaves_the_list_at_once_and_is_back_when_that_was_refused(
    desk: Desk, visit: Callable[..., Page]
):
    ticket = _given(desk, "回调重复")
    page = visit(desk.world.zhou_min)
    page.goto(f"/tickets?view=mine&ticket={ticket.pk}")
    row = page.locator(f"#row-{ticket.pk}")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/resolution*", hold)
    page.keyboard.press("e")
    expect(row).to_be_hidden()
    assert Ticket.objects.get(pk=ticket.pk).status == "open"
    refusal = '<hx-partial hx-target="#toasts" hx-swap="beforeend"><p>No.</p></hx-partial>'
    held[0].fulfill(status=409, content_type="text/html", body=refusal)
    expect(row).to_be_visible()
    page.unroute("**/resolution*")
    page.keyboard.press("e")
    expect(page.locator("#heading")).to_contain_text("Resolved")
    expect(row).to_have_count(0)


def test_the_query_is_completed_from_the_keyboard(desk: Desk, visit: Callable[..., Page]):
    ticket = _given(desk, "回调重复")
    page = visit(desk.world.zhou_min)
    page.goto("/tickets?view=all")
    page.keyboard.press("/")
    page.keyboard.type("stat")
    option = page.locator("#filter-options [role=option]").first
    expect(option).to_contain_text("status")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#filter")).to_have_value("status:")
    page.keyboard.type("open")
    expect(page.locator(f"#row-{ticket.pk}")).to_be_visible()
    expect(page.locator("#rows .row")).to_have_count(1)


def test_the_menu_of_views_is_counted_as_it_opens_and_keeps_the_focus(desk: Desk, visit: Callable[..., Page]):
    zhou_min = desk.world.zhou_min
    _given(desk, "回调重复")
    view = save_view(actor=zhou_min, name="Everything open", query="status:open", member=zhou_min, at=now())
    page = visit(zhou_min)
    page.goto("/tickets?view=mine")
    page.keyboard.press("v")
    link = page.locator(f"#views-menu a[href='/tickets?view=v{view.pk}']")
    expect(link.locator(".push")).to_have_text("1")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list .tabs [aria-current]")).to_have_text("Everything open1")
