"""Zammad: saved answers of `/tickets?expand=true`, `/users`, `/organizations`; articles inside or in a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fengong.integrations.imports.readers.values import ident, listed, mapping, moment, needed, perhaps, text
from fengong.integrations.imports.records import Company, File, Later, Matter, Person, Turn

NOBODY = "1"
"""The user `-`, who owns what has no owner."""
CHANNELS = {"email": "mail", "phone": "phone", "web": "web", "chat": "chat", "note": "api"}


def read(key: str, raw: dict[str, Any]) -> Iterator[Company | Person | Matter | Later]:
    """The records in one object of an export."""
    if key == "organizations" or "domain_assignment" in raw:
        yield Company(str(needed(raw, "id")), text(needed(raw, "name")))
    elif key == "users" or "login" in raw:
        yield _person(raw)
    elif "title" in raw or key == "tickets":
        yield _matter(raw)
    elif "ticket_id" in raw and "body" in raw:
        yield Later(ident(raw["ticket_id"]), _turn(raw, ""))


def _person(raw: dict[str, Any]) -> Person:
    name = f"{text(raw.get('firstname'))} {text(raw.get('lastname'))}".strip()
    return Person(
        external_id=str(needed(raw, "id")),
        name=name or text(raw.get("login")),
        email=text(raw.get("email")),
        phone=text(raw.get("phone") or raw.get("mobile")),
        language=text(mapping(raw.get("preferences")).get("locale")),
        company=ident(raw.get("organization_id")),
        is_member=any(role in ("Agent", "Admin") for role in listed(raw.get("roles")))
        or bool(raw.get("group_ids")),
    )


def _matter(raw: dict[str, Any]) -> Matter:
    opened = moment(needed(raw, "created_at"), "created_at")
    customer = str(needed(raw, "customer_id"))
    turns = [_turn(mapping(found), customer) for found in listed(raw.get("articles"))]
    if not turns:
        turns = [Turn(f"d{raw['id']}", opened, text(raw.get("title")), author=customer, by_customer=True)]
    owner = ident(raw.get("owner_id"))
    return Matter(
        external_id=str(needed(raw, "id")),
        subject=text(raw.get("title")),
        customer=customer,
        opened_at=opened,
        status=text(raw.get("state")),
        priority=text(raw.get("priority")),
        owner="" if owner == NOBODY else owner,
        channel=_channel(raw),
        tags=tuple(text(tag) for tag in listed(raw.get("tags"))),
        resolved_at=perhaps(raw.get("close_at"), "close_at"),
        turns=tuple(sorted(turns, key=lambda turn: turn.at)),
    )


def _channel(raw: dict[str, Any]) -> str:
    first = mapping(next(iter(listed(raw.get("articles"))), None))
    return CHANNELS.get(text(first.get("type")), "api")


def _turn(raw: dict[str, Any], customer: str) -> Turn:
    is_html = "html" in text(raw.get("content_type"))
    body = text(raw.get("body"))
    by_customer = raw.get("sender") == "Customer"
    return Turn(
        external_id=f"c{needed(raw, 'id')}",
        at=moment(needed(raw, "created_at"), "created_at"),
        text="" if is_html else body,
        html=body if is_html else "",
        author=ident(raw.get("origin_by_id"))
        or (customer if by_customer else ident(raw.get("created_by_id"))),
        by_customer=by_customer,
        note=bool(raw.get("internal")) or raw.get("sender") == "System",
        files=tuple(_file(mapping(found)) for found in listed(raw.get("attachments"))),
    )


def _file(raw: dict[str, Any]) -> File:
    kept = mapping(raw.get("preferences"))
    size = text(raw.get("size"))
    return File(
        name=text(raw.get("filename")) or "file",
        content_type=text(kept.get("Mime-Type") or kept.get("Content-Type")),
        size=int(size) if size.isdecimal() else 0,
    )
