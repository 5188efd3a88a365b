"""An administrator writes a rule in a browser, tries it on past tickets, switches it on, and finds it in the log."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e.conftest import Desk


def test_a_rule_is_written_tried_switched_on_and_acts(desk: Desk, visit: Callable[..., Page]):
    desk.world.ticket("before", priority=1)
    page = visit(desk.world.admin)
    _write(page)
    page.get_by_role("button", name="Try on past tickets").click()
    assert "before" in page.locator("#rehearsal").inner_text()
    page.locator("#rule-form").get_by_role("button", name="Save").last.click()
    page.get_by_role("button", name="Switch on").click()
    page.wait_for_url("**/settings/rules")
    ticket = desk.world.ticket("after", priority=1)
    row = _logged(page)
    assert f"#{ticket.pk} after" in row and "Done" in row
    ticket.refresh_from_db()
    assert ticket.priority == 4


def _write(page: Page) -> None:
    """Two steps, the second moved before the first; what was typed stays."""
    page.goto("/settings/rules/new")
    page.fill("#id_name_en", "Low is urgent here")
    page.get_by_label("A ticket is opened").check()
    page.fill("#id_condition", "priority:low")
    for place, deed in enumerate(("set_priority", "note")):
        page.select_option("#new-deed", deed)
        page.get_by_role("button", name="Add step").click()
        page.wait_for_selector(f"#deed-{place}")
    page.select_option("#deed-0 select", "4")
    page.fill("#deed-1 textarea", "{{customer.name}} says so")
    page.locator("#deed-1").get_by_role("button", name="Move up").click()
    page.wait_for_selector("#deed-0 textarea")
    assert page.input_value("#deed-0 textarea") == "{{customer.name}} says so"
    assert page.input_value("#deed-1 select") == "4"


def _logged(page: Page) -> str:
    """The one line of the log, as soon as it is there."""
    for _ in range(20):
        page.goto("/settings/rules/log")
        if page.locator("tbody tr").count():
            break
        page.wait_for_timeout(500)
    assert page.locator("tbody tr").count() == 1
    return page.locator("tbody tr").inner_text()
