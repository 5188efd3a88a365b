"""Chatwoot: saved answers of `/conversations` with `messages` inside, `/contacts` and `/agents`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fengong.integrations.imports.readers.values import ident, listed, mapping, moment, needed, perhaps, text
from fengong.integrations.imports.records import Company, File, Matter, Person, Turn

INCOMING, ACTIVITY = (0, "incoming"), (2, "activity")
CHANNELS = {"Channel::WebWidget": "chat", "Channel::Email": "mail", "Channel::Api": "api"}
LONGEST_SUBJECT = 80


def read(key: str, raw: dict[str, Any]) -> Iterator[Company | Person | Matter]:
    """The records in one object of an export."""
    if "meta" in raw and ("messages" in raw or "inbox_id" in raw):
        yield from _people(raw)
        yield _matter(raw)
    elif key == "agents" or "availability_status" in raw or raw.get("role") in ("agent", "administrator"):
        yield _person(raw, "u", is_member=True)
    elif "email" in raw or "phone_number" in raw:
        yield _person(raw, "p")


def _people(raw: dict[str, Any]) -> Iterator[Person]:
    meta = mapping(raw.get("meta"))
    if mapping(meta.get("sender")).get("id"):
        yield _person(meta["sender"], "p")
    if mapping(meta.get("assignee")).get("id"):
        yield _person(meta["assignee"], "u", is_member=True)


def _person(raw: dict[str, Any], sort: str, *, is_member: bool = False) -> Person:
    """Contacts and users count from 1 both, so their ids get a letter."""
    return Person(
        external_id=f"{sort}{needed(raw, 'id')}",
        name=text(raw.get("name")),
        email=text(raw.get("email")),
        phone=text(raw.get("phone_number")),
        company=text(mapping(raw.get("additional_attributes")).get("company_name")),
        is_member=is_member,
    )


def _matter(raw: dict[str, Any]) -> Matter:
    meta = mapping(raw.get("meta"))
    customer = f"p{needed(mapping(meta.get('sender')), 'id')}"
    opened = moment(needed(raw, "created_at"), "created_at")
    spoken = [mapping(found) for found in listed(raw.get("messages"))]
    turns = [_turn(found) for found in spoken if found.get("message_type") not in ACTIVITY]
    turns.sort(key=lambda turn: turn.at)
    subject = text(mapping(raw.get("additional_attributes")).get("mail_subject")) or _opening(turns)
    owner = mapping(meta.get("assignee")).get("id") or raw.get("assignee_id")
    done = raw.get("status") == "resolved"
    return Matter(
        external_id=str(needed(raw, "id")),
        subject=subject,
        customer=customer,
        opened_at=min([opened, *(turn.at for turn in turns[:1])]),
        status=text(raw.get("status")),
        priority=text(raw.get("priority")),
        owner=f"u{owner}" if owner else "",
        channel=CHANNELS.get(text(meta.get("channel")), "api"),
        tags=tuple(text(label) for label in listed(raw.get("labels"))),
        fields={k: v for k, v in mapping(raw.get("custom_attributes")).items() if v not in (None, "")},
        resolved_at=perhaps(raw.get("last_activity_at"), "last_activity_at") if done else None,
        turns=tuple(turns)
        or (Turn(f"d{raw['id']}", opened, subject or "–", author=customer, by_customer=True),),
    )


def _opening(turns: list[Turn]) -> str:
    """Chats have no subject; the first words of the customer serve."""
    said = next((turn.text for turn in turns if turn.by_customer and turn.text), "")
    return (said.splitlines() or [""])[0][:LONGEST_SUBJECT]


def _turn(raw: dict[str, Any]) -> Turn:
    incoming = raw.get("message_type") in INCOMING
    sender = ident(raw.get("sender_id")) or ident(mapping(raw.get("sender")).get("id"))
    return Turn(
        external_id=f"c{needed(raw, 'id')}",
        at=moment(needed(raw, "created_at"), "created_at"),
        text=text(raw.get("content")),
        author=f"{'p' if incoming else 'u'}{sender}" if sender else "",
        by_customer=incoming,
        note=bool(raw.get("private")),
        files=tuple(_file(mapping(found)) for found in listed(raw.get("attachments"))),
    )


def _file(raw: dict[str, Any]) -> File:
    url = text(raw.get("data_url"))
    return File(url.rpartition("/")[2] or "file", size=int(raw.get("file_size") or 0), url=url)
