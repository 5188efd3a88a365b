"""Zammad: lists by page until one is empty, articles of each ticket. Needs the token of an agent in all groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fengong.integrations.imports.wire.asking import Desk

Objects = Iterator[tuple[str, dict[str, Any]]]
PER_PAGE = 100


def objects(desk: Desk) -> Objects:
    """Organisations, users, then tickets with their articles and tags."""
    for key in ("organizations", "users"):
        yield from ((key, found) for found in _pages(desk, f"/api/v1/{key}"))
    for ticket in _pages(desk, "/api/v1/tickets", expand="true"):
        ticket["articles"] = desk.get(f"/api/v1/ticket_articles/by_ticket/{ticket['id']}")
        ticket["tags"] = desk.get("/api/v1/tags", object="Ticket", o_id=ticket["id"]).get("tags", [])
        yield "tickets", ticket


def _pages(desk: Desk, path: str, **query: Any) -> Iterator[dict[str, Any]]:
    page = 1
    while found := desk.get(path, page=page, per_page=PER_PAGE, **query):
        yield from found
        page += 1
