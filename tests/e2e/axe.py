"""Accessibility faults of a page as axe-core finds them: rules of WCAG 2.2 up to AA, serious and critical ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = ("serious", "critical")


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """What is wrong with the page once it stands, each with its place and what was found there."""
    page.wait_for_selector("html:not(:has(.htmx-request))", state="attached")
    page.evaluate(_source())
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    grave = [fault for fault in found["violations"] if fault["impact"] in GRAVE]
    return [_told(page, fault["id"], place) for fault in grave for place in fault["nodes"]]


def _told(page: Page, rule: str, place: dict[str, Any]) -> str:
    where = " ".join(str(step) for step in place["target"])
    return f"{page.url} {rule} {where}: {place['failureSummary'].splitlines()[-1].strip()}"
