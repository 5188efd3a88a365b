"""Zendesk: incremental exports by cursor, comments of each ticket. Needs an administrator's token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fengong.integrations.imports.wire.asking import Desk

Objects = Iterator[tuple[str, dict[str, Any]]]


def objects(desk: Desk, since: int = 0) -> Objects:
    """Organisations, users, then tickets with their comments, changed since a time in seconds."""
    yield from _by_cursor(desk, "/api/v2/incremental/users/cursor.json", "users", since)
    query: dict[str, Any] = {"start_time": since}
    while True:
        page = desk.get("/api/v2/incremental/organizations.json", **query)
        yield from (("organizations", found) for found in page.get("organizations", ()))
        if page.get("end_of_stream", True) or not page.get("end_time"):
            break
        query = {"start_time": page["end_time"]}
    for _key, ticket in _by_cursor(desk, "/api/v2/incremental/tickets/cursor.json", "tickets", since):
        if ticket.get("status") != "deleted":
            ticket["comments"] = list(_comments(desk, ticket["id"]))
        yield "tickets", ticket


def _by_cursor(desk: Desk, path: str, key: str, since: int) -> Objects:
    query: dict[str, Any] = {"start_time": since, "per_page": 1000}
    while True:
        page = desk.get(path, **query)
        yield from ((key, found) for found in page.get(key, ()))
        if page.get("end_of_stream", True) or not page.get("after_cursor"):
            return
        query = {"cursor": page["after_cursor"]}


def _comments(desk: Desk, ticket: int) -> Iterator[dict[str, Any]]:
    query: dict[str, Any] = {"page[size]": 100, "include_inline_images": "true"}
    while True:
        page = desk.get(f"/api/v2/tickets/{ticket}/comments.json", **query)
        yield from page.get("comments", ())
        meta = page.get("meta") or {}
        if not meta.get("has_more"):
            return
        query["page[after]"] = meta["after_cursor"]
