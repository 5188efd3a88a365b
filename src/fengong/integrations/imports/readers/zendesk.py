"""Zendesk: the NDJSON export (a ticket a line with its comments), or saved answers of the incremental API.

Users and organisations may stand in lines or lists of their own, in `requester` of a ticket, or be absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fengong.integrations.imports.readers.values import ident, listed, mapping, moment, needed, perhaps, text
from fengong.integrations.imports.records import Company, File, Matter, Person, Turn

CHANNELS = {
    "email": "mail",
    "web": "web",
    "chat": "chat",
    "native_messaging": "chat",
    "voice": "phone",
    "api": "api",
}


def read(key: str, raw: dict[str, Any]) -> Iterator[Company | Person | Matter]:
    """The records in one object of an export."""
    if key == "organizations" or "domain_names" in raw:
        yield Company(str(needed(raw, "id")), text(needed(raw, "name")))
    elif key == "users" or ("role" in raw and "subject" not in raw):
        yield _person(raw)
    elif (key in ("", "tickets") and "subject" in raw) or "comments" in raw or key == "tickets":
        yield from (_person(found) for found in _embedded(raw))
        if raw.get("status") != "deleted":
            yield _matter(raw)


def _embedded(raw: dict[str, Any]) -> list[dict[str, Any]]:
    named = [mapping(raw.get(name)) for name in ("requester", "assignee", "submitter")]
    named += [mapping(mapping(comment).get("author")) for comment in listed(raw.get("comments"))]
    return [person for person in named if person.get("id")]


def _person(raw: dict[str, Any]) -> Person:
    return Person(
        external_id=str(needed(raw, "id")),
        name=text(raw.get("name")),
        email=text(raw.get("email")),
        phone=text(raw.get("phone")),
        language=text(raw.get("locale")),
        company=ident(raw.get("organization_id")),
        is_member=raw.get("role") in ("agent", "admin"),
    )


def _matter(raw: dict[str, Any]) -> Matter:
    opened = moment(needed(raw, "created_at"), "created_at")
    customer = ident(raw.get("requester_id")) or ident(mapping(raw.get("requester")).get("id"))
    turns = [_turn(mapping(comment), customer) for comment in listed(raw.get("comments"))]
    if not turns:
        first = text(raw.get("description")) or text(raw.get("subject"))
        turns = [Turn(f"d{raw['id']}", opened, first, author=customer, by_customer=True)]
    done = raw.get("status") in ("solved", "closed")
    return Matter(
        external_id=str(needed(raw, "id")),
        subject=text(raw.get("raw_subject") or raw.get("subject")),
        customer=customer,
        opened_at=opened,
        status=text(raw.get("status")),
        priority=text(raw.get("priority")),
        owner=ident(raw.get("assignee_id")) or ident(mapping(raw.get("assignee")).get("id")),
        channel=CHANNELS.get(mapping(raw.get("via")).get("channel", ""), "api"),
        tags=tuple(text(tag) for tag in listed(raw.get("tags"))),
        fields={
            str(found.get("id")): found.get("value")
            for found in map(mapping, listed(raw.get("custom_fields")))
            if found.get("value") not in (None, "", [])
        },
        resolved_at=_resolved(raw) if done else None,
        turns=tuple(sorted(turns, key=lambda turn: turn.at)),
    )


def _resolved(raw: dict[str, Any]) -> Any:
    metric = mapping(raw.get("metric_set"))
    return perhaps(metric.get("solved_at") or raw.get("solved_at") or raw.get("updated_at"), "updated_at")


def _turn(raw: dict[str, Any], customer: str) -> Turn:
    author = ident(raw.get("author_id")) or ident(mapping(raw.get("author")).get("id"))
    return Turn(
        external_id=f"c{needed(raw, 'id')}",
        at=moment(needed(raw, "created_at"), "created_at"),
        text=text(raw.get("plain_body") or raw.get("body")),
        html=text(raw.get("html_body")),
        author=author,
        by_customer=author == customer,
        note=raw.get("public") is False,
        files=tuple(_file(mapping(found)) for found in listed(raw.get("attachments"))),
    )


def _file(raw: dict[str, Any]) -> File:
    return File(
        name=text(raw.get("file_name")) or "file",
        content_type=text(raw.get("content_type")),
        size=int(raw.get("size") or 0),
        url=text(raw.get("content_url")),
    )
