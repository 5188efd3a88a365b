"""Freshdesk: lists by page, tickets by time of change because no list goes past page 300."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fengong.integrations.imports.wire.asking import Desk

Objects = Iterator[tuple[str, dict[str, Any]]]
LAST_PAGE = 300
PER_PAGE = 100
BEGINNING = "1970-01-01T00:00:00Z"


def objects(desk: Desk, since: str = BEGINNING) -> Objects:
    """Companies, agents, contacts, then tickets with their conversations."""
    for key, path in (("companies", "/companies"), ("agents", "/agents"), ("contacts", "/contacts")):
        yield from ((key, found) for found in _pages(desk, path))
    for ticket in _tickets(desk, since):
        ticket["conversations"] = list(_pages(desk, f"/tickets/{ticket['id']}/conversations"))
        yield "tickets", ticket


def _pages(desk: Desk, path: str, **query: Any) -> Iterator[dict[str, Any]]:
    for page in range(1, LAST_PAGE + 1):
        found = desk.get(path, page=page, per_page=PER_PAGE, **query)
        yield from found
        if len(found) < PER_PAGE:
            return


def _tickets(desk: Desk, since: str) -> Iterator[dict[str, Any]]:
    """All tickets; past the last page the list begins again at the last change seen. One may come twice."""
    include = "requester,stats,description,company"
    while True:
        count, last = 0, since
        order = {"order_by": "updated_at", "order_type": "asc", "include": include}
        for ticket in _pages(desk, "/tickets", updated_since=since, **order):
            count, last = count + 1, ticket["updated_at"]
            yield ticket
        if count < LAST_PAGE * PER_PAGE or last == since:
            return
        since = last
