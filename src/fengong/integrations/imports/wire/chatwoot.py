"""Chatwoot: contacts and conversations by page, messages from the newest back. Needs an administrator's token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fengong.integrations.imports.wire.asking import Desk

Objects = Iterator[tuple[str, dict[str, Any]]]


def objects(desk: Desk) -> Objects:
    """Agents, contacts, then conversations with their messages. The desk's address ends in `/accounts/N`."""
    yield from (("agents", found) for found in desk.get("/agents"))
    page = 1
    while found := desk.get("/contacts", page=page, sort="id").get("payload"):
        yield from (("contacts", one) for one in found)
        page += 1
    page = 1
    while found := _conversations(desk, page):
        for conversation in found:
            conversation["messages"] = _messages(desk, conversation["id"])
            yield "payload", conversation
        page += 1


def _conversations(desk: Desk, page: int) -> list[dict[str, Any]]:
    answer = desk.get("/conversations", status="all", assignee_type="all", page=page)
    return list((answer.get("data") or answer).get("payload") or ())


def _messages(desk: Desk, conversation: int) -> list[dict[str, Any]]:
    gathered: dict[int, dict[str, Any]] = {}
    query: dict[str, Any] = {}
    while True:
        found = desk.get(f"/conversations/{conversation}/messages", **query).get("payload") or []
        fresh = {message["id"]: message for message in found if message["id"] not in gathered}
        if not fresh:
            return [gathered[ident] for ident in sorted(gathered)]
        gathered |= fresh
        query = {"before": min(gathered)}
