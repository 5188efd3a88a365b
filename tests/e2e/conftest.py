"""A real browser for the tests in this folder, quiet on the network and closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from fengong.kernel.clock import now
from fengong.people.models import Member
from tests.e2e.quiet import QUIET
from tests.serving import Server, free_port, start, wait_for
from tests.world import PASSWORD, World, build_world
from tools.suite import chromium as installed_chromium

PATIENCE = 30_000
"""Milliseconds: nothing takes that long, but a machine may be busy with other things."""
expect.set_options(timeout=PATIENCE)
EXPECTED = ("Failed to load resource", "htmx: htmx:error: Failed to fetch")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium. Open a context for each reader: `chromium.new_context(locale="zh-CN", …)`."""
    program = installed_chromium()
    if not program:
        pytest.fail("these tests need Chromium (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


@dataclass
class Desk:
    """A running Fengong with the shared cast on shift and online."""

    world: World
    server: Server


@pytest.fixture(scope="session")
def encoded() -> str:
    """The cast's password as the server knows it; to work it out once for each member would take seconds a test."""
    return PBKDF2PasswordHasher().encode(PASSWORD, "salt")


@pytest.fixture
def past() -> Callable[[World], None]:
    """What happened before the server starts: nothing, unless a file of tests says otherwise."""
    return lambda world: None


@pytest.fixture
def desk(
    transactional_db: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encoded: str,
    past: Callable[[World], None],
) -> Iterator[Desk]:
    """`fengong serve` on the test's database, with its worker; all of today's times are real."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread
    monkeypatch.setattr("django.contrib.auth.base_user.make_password", lambda password: encoded)
    monkeypatch.setattr("tests.world.NOW", now())
    world = build_world()
    world.now = now()
    past(world)
    world.go_online()
    server = start(tmp_path / "log", port=free_port(), FENGONG_WARM_UP="0")
    try:
        wait_for(lambda: _answers(server), seconds=120)
        yield Desk(world, server)
    finally:
        server.kill_group()


@pytest.fixture
def visit(chromium: Browser, desk: Desk) -> Iterator[Callable[..., Page]]:
    """Open a browser of one's own and sign in. An error on the console, CSP violations too, fails the test."""
    problems: list[str] = []
    contexts = []

    def enter(member: Member, *, width: int = 1440, height: int = 900, locale: str = "en-US") -> Page:
        context = chromium.new_context(
            base_url=desk.server.address, viewport={"width": width, "height": height}, locale=locale
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: problems.append(message.text) if _is_problem(message) else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto("/sign-in")
        page.fill("#email", member.account.email)
        page.fill("#password", PASSWORD)
        page.click("button.main")
        page.wait_for_url("**/today")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert problems == []


def _is_problem(message: ConsoleMessage) -> bool:
    """Refusals answer with 4xx on purpose and lines break, which the console reports; all else is an error."""
    return message.type == "error" and not message.text.startswith(EXPECTED)


def _answers(server: Server) -> bool:
    try:
        return server.get("/health").status_code == 200
    except httpx.HTTPError:
        return False
