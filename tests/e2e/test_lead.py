"""A lead's day: positions from a template, a gap closed, a policy tried, compared, published and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fengong.desk.models import Ticket
from fengong.dispatch.models import PolicyEdition
from fengong.dispatch.queries import rules_in_force
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.people.actions.teams import define_topic
from fengong.people.models import Skill
from fengong.planning.models import Comparison
from fengong.rota.models import Shift
from tests.e2e.conftest import Desk
from tests.e2e.test_dispatching import _lift
from tests.planning.lived import live
from tests.serving import wait_for
from tests.world import World

LONG = 300_000
"""Milliseconds for a what-if: it starts processes of its own, and a machine may be busy."""
TICKETS = 32


@pytest.fixture
def past() -> Callable[[World], None]:
    """Four days of work; of late, matters that nobody has learned. Without a roster everybody counts as there."""

    def lived(world: World) -> None:
        Shift.objects.all().delete()
        live(world, TICKETS, until=world.now)
        given = {"slug": "payments", "name_zh": "支付", "name_en": "Payments", "keywords": ["支付"]}
        world.topics["payments"] = define_topic(actor=SYSTEM, **given, minutes=(10, 20, 40), at=world.now)
        for _ in range(4):
            world.ticket("付款失败", topic="payments", difficulty=1, at=world.now)

    return lived


def test_a_lead_describes_positions_from_a_template_sees_a_gap_and_closes_it(
    desk: Desk, visit: Callable[..., Page]
):
    world = desk.world
    page = visit(world.admin)
    page.goto("/division/positions")
    page.get_by_role("button", name="Use this template").first.click()
    expect(page.locator("#page table").first).to_contain_text("Draft")
    page.goto("/division/coverage")
    before = _uncovered(page)
    assert before > 0
    expect(page.locator(".coverage-found").first).to_contain_text("Payments")
    page.goto(f"/division/skills?member={world.zhou_min.pk}&topic={world.topics['payments'].pk}")
    form = page.locator("form[action$='/level']")
    form.get_by_label("Level").fill("4")
    form.get_by_role("button", name="Save").click()
    wait_for(lambda: Skill.objects.filter(member=world.zhou_min, topic=world.topics["payments"]).exists())
    page.goto("/division/coverage")
    assert _uncovered(page) < before
    wait_for(lambda: not Ticket.objects.filter(status="waiting").exists(), seconds=30)


def test_a_policy_is_previewed_compared_over_the_past_published_and_taken_back(
    desk: Desk, visit: Callable[..., Page]
):
    page = visit(desk.world.wang_fang)
    _draft(page)
    _preview(page)
    _what_if(page)
    page.goto("/division/policy")
    page.get_by_role("link", name="Draft 1 · less levelling").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".policy-history")).to_contain_text("Edition 1 in force")
    assert rules_in_force()[1].weights.given == 0.0
    _second_thoughts(page)


def test_work_ahead_is_read_in_hours_and_a_ticket_dragged_with_the_matchers_word(
    desk: Desk, visit: Callable[..., Page]
):
    world = desk.world
    page = visit(world.wang_fang)
    page.goto("/division/workload")
    expect(page.locator(".work-figures")).to_contain_text("40 min")
    expect(page.get_by_role("row", name=re.compile("Payments"))).to_be_visible()
    ticket = world.ticket("回调重复", topic="api", difficulty=2, at=now())
    page.get_by_role("link", name="Board").first.click()
    part = page.locator(f"#part-{ticket.pk}")
    part.wait_for()
    owner = Ticket.objects.get(pk=ticket.pk).owner_id
    other = world.chen_li if owner == world.zhou_min.pk else world.zhou_min
    row = page.locator(f"#member-{other.pk}")
    _lift(page, part, row.locator(".lane"))
    expect(row.locator(".effect")).to_contain_text("the matcher's first choice")
    page.mouse.up()
    wait_for(lambda: Ticket.objects.get(pk=ticket.pk).owner_id == other.pk)


def _uncovered(page: Page) -> int:
    text = page.locator(".coverage-figures .figure", has_text="Covered by nobody").inner_text()
    return int(re.search(r"(\d+)%", text)[1])


def _draft(page: Page) -> None:
    page.goto("/division/policy")
    page.get_by_role("button", name="Change it").click()
    page.get_by_label("Was given most today").fill("0")
    page.get_by_label("Load already held").fill("0")
    page.get_by_label("Least proficiency for common work").fill("4")
    page.get_by_label("Why").fill("less levelling")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator(".policy-changes")).to_contain_text("Was given most today")


def _preview(page: Page) -> None:
    page.get_by_role("button", name="Preview on the last 200 tickets").click()
    expect(page.locator("#preview h3").first).to_contain_text(f"of {TICKETS} tickets", timeout=LONG)
    page.locator("#preview details summary").first.click()
    expect(page.locator("#preview .why").first).to_contain_text("members could take it")


def _what_if(page: Page) -> None:
    """Asked, left, and found again when it is done."""
    page.get_by_label("Runs of each side").select_option("10")
    page.get_by_role("button", name="Run the what-if").click()
    expect(page.locator("#run progress")).to_be_visible()
    page.goto("/today")
    wait_for(lambda: Comparison.objects.get().state == "done", seconds=LONG / 1000)
    page.goto("/division/policy")
    page.get_by_role("link", name=re.compile("as it comes → edition 1")).click()
    expect(page.locator("#run")).to_contain_text(f"{TICKETS} tickets of the log")
    expect(page.locator("#run")).to_contain_text("Wait until work begins")


def _second_thoughts(page: Page) -> None:
    """Another edition, and back to the first with one click."""
    page.goto("/division/policy")
    page.get_by_role("button", name="Change it").click()
    page.get_by_label("Was given most today").fill("55")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator(".policy-changes")).to_contain_text("55")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".policy-history")).to_contain_text("Edition 2 in force")
    assert rules_in_force()[1].weights.given == 55.0
    page.get_by_role("button", name="Return to it").click()
    expect(page.locator(".policy-history")).to_contain_text("Back to edition 1")
    assert rules_in_force()[1].weights.given == 0.0
    assert PolicyEdition.objects.count() == 3
