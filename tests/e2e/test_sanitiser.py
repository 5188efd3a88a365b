"""The published list of attacks in a real browser, without any content policy to help."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, Route

from tests.kernel.xss import DOORS, VECTORS

PAGE = """<!doctype html><meta charset="utf-8"><title>list</title><body><script>
  window.ran = []
  for (const name of ["alert", "prompt", "confirm", "msgbox"]) window[name] = (...given) => ran.push(name)
</script></body>"""
PUT = """(shown) => {
  for (const html of shown) {
    const place = document.createElement("div")
    place.innerHTML = html
    document.body.append(place)
  }
}"""
TOUCH = """() => {
  const kinds = ["click", "mouseover", "focus", "pointerdown", "toggle", "animationstart", "load", "error"]
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]")
    if (link && !/^javascript|^data|^vbscript/i.test(link.protocol)) event.preventDefault()
  })
  for (const node of document.querySelectorAll("body > div *")) {
    for (const kind of kinds) node.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }))
    node.click?.()
  }
}"""


def attacked(browser: Browser, shown: list[str]) -> tuple[list[str], list[str]]:
    """What ran in a page that shows this, and which documents and scripts it fetched."""
    fetched: list[str] = []

    def serve(route: Route) -> None:
        request = route.request
        if request.url == "https://desk.example/":
            return route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
        if request.resource_type != "image":
            fetched.append(f"{request.resource_type} {request.url}")
        return route.fulfill(body="ran.push('fetched')", content_type="text/javascript")

    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", serve)
    page.goto("https://desk.example/")
    page.evaluate(PUT, shown)
    page.evaluate(TOUCH)
    page.wait_for_timeout(300)
    ran = [*page.evaluate("() => window.ran ?? ['the page is gone']"), *_changed(page)]
    context.close()
    return ran, fetched


def _changed(page: Page) -> list[str]:
    clobbered = page.evaluate(
        "() => !(document.body instanceof HTMLBodyElement) || typeof location.href !== 'string'"
    )
    return ["clobbered"] if clobbered or page.url != "https://desk.example/" else []


def test_nothing_of_a_published_list_of_attacks_runs_in_a_real_browser(chromium: Browser) -> None:
    for name, door in DOORS.items():
        assert (name, *attacked(chromium, [door(vector) for vector in VECTORS])) == (name, [], [])


def test_the_same_browser_runs_what_nobody_cleaned(chromium: Browser) -> None:
    """The test above would see it."""
    handlers = [vector for vector in VECTORS if "onerror" in vector or "onmouseover" in vector]
    ran, _fetched = attacked(chromium, [vector for vector in handlers if "<form" not in vector.lower()])
    assert len(ran) > 5
