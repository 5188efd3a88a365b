"""Pictures of every screen, to be looked at: two widths, two languages, light and dark.

Against a running server: python -m tests.e2e.screenshots http://127.0.0.1:8000 EMAIL PASSWORD [FOLDER]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.quiet import QUIET
from tools.suite import chromium

SIZES = {"1440": (1440, 900), "390": (390, 844)}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
THEMES = ("light", "dark")
PAGES = {
    "today": "/today",
    "tickets": "/tickets?view=all",
    "new-ticket": "/tickets/new",
    "division": "/division",
    "settings": "/settings",
}
KEYS = {"note": "n", "escalate": "u", "assign": "a", "snooze": "s", "more": ".", "grade": "p", "macros": "m"}
"""What opens beside or above a ticket, by its key."""


def take(browser: Browser, address: str, email: str, password: str, folder: Path) -> Iterator[Path]:
    """Sign in once for each look and keep a picture of each screen."""
    folder.mkdir(parents=True, exist_ok=True)
    for (size, (width, height)), (language, code), theme in product(SIZES.items(), LANGUAGES.items(), THEMES):
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": height}, locale="zh-CN"
        )
        page = context.new_page()
        look = f"{language}-{theme}-{size}.png"
        page.goto("/sign-in")
        page.click(f"button[value={code}]")
        page.emulate_media(color_scheme=theme)
        yield _keep(page, folder / f"sign-in-{look}")
        page.fill("#email", email)
        page.fill("#password", password)
        page.click("button.main")
        page.wait_for_url("**/today")
        _choose(page, "language", code)
        _choose(page, "theme", "system")
        for name, path in PAGES.items():
            page.goto(path)
            yield _keep(page, folder / f"{name}-{look}")
        yield from _settings(page, folder, look)
        yield from _opened(page, folder, look)
        context.close()


def _opened(page: Page, folder: Path, look: str) -> Iterator[Path]:
    """An open ticket, its details, and what opens above it."""
    page.goto("/tickets?view=team")
    page.click(".row a >> nth=0")
    page.wait_for_selector("#talk[data-ticket]")
    yield _keep(page, folder / f"ticket-{look}")
    if page.is_visible("[data-action='panes#side'][aria-controls]"):
        page.click("[data-action='panes#side'][aria-controls]")
        yield _keep(page, folder / f"details-{look}")
        page.click("#context [data-action='panes#side']")
    for name, key in KEYS.items():
        page.keyboard.press(key)
        page.wait_for_timeout(500)
        yield _keep(page, folder / f"{name}-{look}")
        page.keyboard.press("Escape")
    for name, key in (("selected", "*"), ("keys", "?")):
        page.keyboard.press(key)
        yield _keep(page, folder / f"{name}-{look}")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    yield _keep(page, folder / f"palette-{look}")


def _settings(page: Page, folder: Path, look: str) -> Iterator[Path]:
    """Every page of settings that the member may enter."""
    for section in page.eval_on_selector_all(".settings-side a", "links => links.map(link => link.pathname)"):
        page.goto(section)
        yield _keep(page, folder / f"{section.strip('/').replace('/', '-')}-{look}")


def _choose(page: Page, name: str, value: str) -> None:
    page.click(".face")
    with page.expect_navigation():
        page.click(f"#profile button[name={name}][value={value}]")


def _keep(page: Page, path: Path) -> Path:
    page.wait_for_timeout(250)
    page.screenshot(path=path)
    return path


def main() -> None:
    """Take them all from the server named on the command line."""
    address, email, password, *rest = sys.argv[1:]
    program = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        for path in take(browser, address, email, password, Path(rest[0] if rest else "var/screenshots")):
            sys.stdout.write(f"{path}\n")
        browser.close()


if __name__ == "__main__":
    main()
