"""Freshdesk: saved answers of `/tickets`, `/tickets/{id}/conversations`, `/contacts`, `/agents` and `/companies`.

Conversations stand inside their ticket (`include=conversations`) or in a list of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fengong.integrations.imports.readers.values import ident, listed, mapping, moment, needed, perhaps, text
from fengong.integrations.imports.records import Company, File, Later, Matter, Person, Turn

CHANNELS = {1: "mail", 2: "web", 3: "phone", 7: "chat", 9: "web", 10: "mail"}
STATUSES = {2: "open", 3: "pending", 4: "resolved", 5: "closed"}
PRIORITIES = {1: "low", 2: "medium", 3: "high", 4: "urgent"}


def read(key: str, raw: dict[str, Any]) -> Iterator[Company | Person | Matter | Later]:
    """The records in one object of an export."""
    if key == "companies" or "domains" in raw:
        yield Company(str(needed(raw, "id")), text(needed(raw, "name")))
    elif key == "agents" or "contact" in raw:
        yield _agent(raw)
    elif key == "contacts" or ("email" in raw and "subject" not in raw and "ticket_id" not in raw):
        yield _contact(raw)
    elif "requester_id" in raw or key == "tickets":
        yield from _ticket(raw)
    elif "ticket_id" in raw and ("body" in raw or "body_text" in raw):
        yield Later(ident(raw["ticket_id"]), _turn(raw))


def _ticket(raw: dict[str, Any]) -> Iterator[Company | Person | Matter]:
    if mapping(raw.get("requester")).get("id"):
        yield _contact(mapping(raw["requester"]))
    if mapping(raw.get("company")).get("id"):
        yield Company(str(raw["company"]["id"]), text(raw["company"].get("name")))
    if not raw.get("deleted"):
        yield _matter(raw)


def _contact(raw: dict[str, Any]) -> Person:
    return Person(
        external_id=str(needed(raw, "id")),
        name=text(raw.get("name")),
        email=text(raw.get("email")),
        phone=text(raw.get("phone") or raw.get("mobile")),
        language=text(raw.get("language")),
        company=ident(raw.get("company_id")),
    )


def _agent(raw: dict[str, Any]) -> Person:
    known = mapping(raw.get("contact"))
    return Person(
        str(needed(raw, "id")), name=text(known.get("name")), email=text(known.get("email")), is_member=True
    )


def _matter(raw: dict[str, Any]) -> Matter:
    opened = moment(needed(raw, "created_at"), "created_at")
    customer = str(needed(raw, "requester_id"))
    first = Turn(
        external_id=f"d{needed(raw, 'id')}",
        at=opened,
        text=text(raw.get("description_text")),
        html=text(raw.get("description")),
        author=customer,
        by_customer=True,
        files=tuple(_file(mapping(found)) for found in listed(raw.get("attachments"))),
    )
    later = [_turn(mapping(found)) for found in listed(raw.get("conversations"))]
    stats = mapping(raw.get("stats"))
    ended = stats.get("resolved_at") or stats.get("closed_at") or raw.get("updated_at")
    return Matter(
        external_id=str(raw["id"]),
        subject=text(raw.get("subject")),
        customer=customer,
        opened_at=opened,
        status="spam" if raw.get("spam") else _named(STATUSES, raw.get("status")),
        priority=_named(PRIORITIES, raw.get("priority")),
        owner=ident(raw.get("responder_id")),
        channel=CHANNELS.get(raw.get("source") or 0, "api"),
        topic=text(raw.get("type")),
        tags=tuple(text(tag) for tag in listed(raw.get("tags"))),
        fields={
            name: value
            for name, value in mapping(raw.get("custom_fields")).items()
            if value not in (None, "", [])
        },
        resolved_at=perhaps(ended, "stats") if raw.get("status") in (4, 5) else None,
        turns=(first, *sorted(later, key=lambda turn: turn.at)),
    )


def _turn(raw: dict[str, Any]) -> Turn:
    return Turn(
        external_id=f"c{needed(raw, 'id')}",
        at=moment(needed(raw, "created_at"), "created_at"),
        text=text(raw.get("body_text")),
        html=text(raw.get("body")),
        author=ident(raw.get("user_id")),
        by_customer=bool(raw.get("incoming")),
        note=bool(raw.get("private")),
        files=tuple(_file(mapping(found)) for found in listed(raw.get("attachments"))),
    )


def _file(raw: dict[str, Any]) -> File:
    return File(
        name=text(raw.get("name")) or "file",
        content_type=text(raw.get("content_type")),
        size=int(raw.get("size") or 0),
        url=text(raw.get("attachment_url")),
    )


def _named(names: dict[int, str], value: Any) -> str:
    return names.get(value, text(value)) if isinstance(value, int) else text(value)
