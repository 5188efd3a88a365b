"""A customer in a real browser: the chat inside a shop's page, and the pages of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from fengong.customers.actions.sign_in import give_link
from fengong.customers.models import OutgoingNotice
from fengong.desk.actions.messages import reply
from fengong.desk.actions.surveys import ask, define_survey
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Message, Rating, Ticket
from fengong.desk.reading import satisfaction as reading
from fengong.integrations.widget.actions.widgets import add_widget, change_widget
from fengong.integrations.widget.models import Visitor, Widget
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.kernel.models import Event
from tests.e2e.axe import faults
from tests.e2e.conftest import PATIENCE, Desk
from tests.e2e.shop import shop
from tests.serving import wait_for


@pytest.fixture
def browse(chromium: Browser, desk: Desk) -> Iterator[Callable[..., Page]]:
    """A customer's own browser. An error on the console fails the test."""
    problems: list[str] = []
    contexts = []

    def start(*, width: int = 1280, height: int = 800, locale: str = "en-US") -> Page:
        context = chromium.new_context(
            base_url=desk.server.address, viewport={"width": width, "height": height}, locale=locale
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.set_default_navigation_timeout(40_000)  # a server that has just started may be busy
        page.on("console", lambda said: problems.append(said.text) if _is_problem(said) else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield start
    for context in contexts:
        context.close()
    assert problems == []


def _is_problem(said) -> bool:
    return said.type == "error" and not said.text.startswith("Failed to load resource")


@pytest.fixture
def widget(desk: Desk) -> Widget:
    values = {"name": "Shop", "greeting_en": "Hello! How can we help?", "away_minutes": 0}
    return add_widget(actor=desk.world.admin, values=values, at=now())


@pytest.fixture
def site(desk: Desk, widget: Widget) -> Iterator[str]:
    """The shop, allowed to show the chat."""
    with shop(desk.server.address, widget.token) as origin:
        change_widget(actor=desk.world.admin, widget=widget, values={"origins": [origin]}, at=now())
        yield origin


def _chat(page: Page) -> FrameLocator:
    return page.frame_locator("#fengong-widget iframe")


def _write(page: Page, words: str) -> None:
    _chat(page).locator("#body").fill(words)
    _chat(page).locator("#body").press("Enter")


def _answer(desk: Desk, ticket: Ticket, body: str) -> Message:
    return reply(actor=desk.world.li_na, ticket=ticket, member=desk.world.li_na, body=body, at=now())


def test_a_customer_chats_on_a_shops_page_live_both_ways_and_a_reload_loses_nothing(
    desk: Desk, browse: Callable[..., Page], site: str
):
    page = browse()
    page.goto(site)
    page.get_by_role("button", name="Open the chat").click()
    expect(_chat(page).locator(".chat-greeting")).to_have_text("Hello! How can we help?")
    _write(page, "Where is my order?")
    ticket = wait_for(lambda: Ticket.objects.filter(channel="chat").first())
    _answer(desk, ticket, "It is **on its way**.")
    expect(_chat(page).locator(".turn.ours strong")).to_have_text("on its way")
    page.reload()
    page.get_by_role("button", name="Open the chat").click()
    expect(_chat(page).locator(".turn")).to_have_count(2)
    _write(page, "Thank you")
    wait_for(lambda: ticket.messages.count() == 3)
    assert Ticket.objects.filter(channel="chat").count() == 1


def test_an_answer_shows_as_a_number_on_the_closed_chat(desk: Desk, browse: Callable[..., Page], site: str):
    page = browse()
    page.goto(site)
    page.get_by_role("button", name="Open the chat").click()
    _write(page, "Hello")
    ticket = wait_for(lambda: Ticket.objects.filter(channel="chat").first())
    _chat(page).locator("#close").click()
    expect(page.locator("#fengong-widget iframe")).to_be_hidden()
    _answer(desk, ticket, "Good morning")
    expect(page.locator("#fengong-widget button span")).to_have_text("1")
    page.evaluate("window.fengong.open()")
    expect(_chat(page).locator(".turn.ours")).to_contain_text("Good morning")
    wait_for(lambda: Visitor.objects.get().read > 0)


def test_what_a_customer_did_not_stay_for_is_handed_over_to_mail(
    desk: Desk, browse: Callable[..., Page], site: str
):
    page = browse()
    page.goto(site)
    page.get_by_role("button", name="Open the chat").click()
    _write(page, "Where is my invoice?")
    _chat(page).locator("#email").fill("ana@firm.example")
    _chat(page).locator("#email").press("Enter")
    expect(_chat(page).locator("#ask")).to_be_hidden()
    ticket = wait_for(lambda: Ticket.objects.filter(customer__email="ana@firm.example").first())
    page.close()
    wait_for(lambda: not Visitor.objects.get().is_present(now()))
    answer = _answer(desk, ticket, "Here it is.")
    left = wait_for(lambda: Event.objects.filter(verb="widget.left").first())
    assert left.data["messages"] == [answer.pk]
    assert left.data["ticket"] == ticket.pk


def test_a_site_that_is_not_allowed_shows_no_chat(desk: Desk, chromium: Browser, widget: Widget):
    with shop(desk.server.address, widget.token) as origin:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(origin)
        page.wait_for_timeout(1500)
        assert not page.locator("#fengong-widget button").is_visible()
        context.close()


def test_the_chat_speaks_the_language_its_page_asks_for(desk: Desk, browse: Callable[..., Page], site: str):
    page = browse()
    page.goto(site)
    page.get_by_role("button", name="Open the chat").click()
    page.evaluate("window.fengong.setLanguage('zh-CN')")
    expect(_chat(page).locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("button", name="关闭聊天").first).to_be_visible()


def test_a_customer_signs_in_by_link_reads_and_answers_live(desk: Desk, browse: Callable[..., Page]):
    ticket = desk.world.ticket("Invoice 77", body="Where is it?", at=now())
    page = browse(width=390, height=844)
    page.goto("/portal")
    page.get_by_label("E-mail address").fill(desk.world.customer.email)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading")).to_have_text("Look into your mailbox")
    page.goto(f"/portal/enter/{OutgoingNotice.objects.get().payload['secret']}")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Invoice 77").click()
    page.wait_for_timeout(700)
    _answer(desk, ticket, "It was sent **today**.")
    expect(page.locator(".turn.ours strong")).to_have_text("today")
    page.get_by_label("Your answer").fill("Thank you!")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".turn").last).to_contain_text("Thank you!")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="It is solved").click()
    expect(page.locator("#standing")).to_contain_text("Solved")
    ticket.refresh_from_db()
    assert ticket.status == "resolved"


def test_a_customer_rates_what_was_solved(desk: Desk, browse: Callable[..., Page]):
    values = {"name": "CSAT", "question_en": "Are you satisfied?", "ways": ["portal"]}
    define_survey(actor=desk.world.admin, values=values, at=now())
    ticket = desk.world.ticket("Invoice 77", at=now())
    page = browse(width=390, height=844)
    page.goto(f"/portal/enter/{give_link(actor=SYSTEM, contact=desk.world.customer, at=now())}")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"/portal/tickets/{ticket.pk}")
    page.get_by_role("button", name="It is solved").click()
    page.locator("#verdict label", has_text="4").click()
    page.get_by_label("What could we do better?").fill("Quicker")
    page.locator("#verdict button").click()
    expect(page.locator("#verdict form")).to_have_count(0)
    rating = Rating.objects.get()
    assert (rating.ticket_id, rating.score, rating.comment) == (ticket.pk, 4, "Quicker")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_the_customers_pages(
    desk: Desk, chromium: Browser, site: str, scheme: str
):
    values = {"name": "CSAT", "question_en": "Are you satisfied?", "ways": ["portal", "mail"]}
    survey = define_survey(actor=desk.world.admin, values=values, at=now())
    ticket = desk.world.ticket("Invoice 77", at=now())
    _answer(desk, ticket, "On its **way**, see [here](https://shop.example)")
    resolve_ticket(actor=desk.world.wang_fang, ticket=ticket, at=now())
    asked = ask(actor=SYSTEM, survey=survey, contact=desk.world.customer, ticket=ticket, at=now())
    assert asked is not None
    context = chromium.new_context(
        base_url=desk.server.address, bypass_csp=True, locale="en-US", color_scheme=scheme
    )
    page, found = context.new_page(), []
    page.set_default_timeout(40_000)
    link = f"/portal/enter/{give_link(actor=SYSTEM, contact=desk.world.customer, at=now())}"
    for path in ("/portal/sign-in", "/contact", link):
        page.goto(path)
        found += faults(page)
    page.get_by_role("button", name="Sign in").click()
    rate_path = "/rate/" + reading.address_of(asked).rpartition("/")[2]
    for path in ("/portal", f"/portal/tickets/{ticket.pk}", "/portal/tickets/new", rate_path):
        page.goto(path)
        found += faults(page)
    page.goto(site)
    page.get_by_role("button", name="Open the chat").click()
    _write(page, "Hello")
    expect(_chat(page).locator("#ask")).to_be_visible()
    found += faults(next(frame for frame in page.frames if "/widget/" in frame.url))
    found += faults(page)
    context.close()
    assert [fault for fault in found if "127.0.0.2" not in fault or "fengong-widget" in fault] == []
