"""What a message says: the event, and the ticket as it is when the message is planned. Ids and core fields only."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from fengong.desk.models import Ticket
from fengong.integrations.webhooks.models import Endpoint
from fengong.kernel.models import Event

LARGEST = 20_000
"""Bytes of a whole message."""
LONGEST = 300
"""Characters of a text within the event that would be too long."""


def message(*, format: str, message_id: str, type: str, at: datetime, data: dict[str, Any]) -> str:
    """The body in the endpoint's format; texts of the event are cut where it would become too large."""
    body = _written(format, message_id, type, at, data)
    if len(body.encode()) > LARGEST:
        body = _written(format, message_id, type, at, {**data, "event": _cut(data.get("event", {}))})
    return body


def data_of(event: Event, ticket: Ticket | None) -> dict[str, Any]:
    """The event as it stands on the spine, and its ticket."""
    told = {"seq": event.seq, "actor": event.actor, **event.data}
    return {"event": told, "ticket": _ticket(ticket) if ticket else None}


def _ticket(ticket: Ticket) -> dict[str, Any]:
    owner, topic = ticket.owner, ticket.topic
    return {
        "id": ticket.pk,
        "url": f"{settings.PUBLIC_URL}/tickets/{ticket.pk}",
        "subject": ticket.subject,
        "status": ticket.status,
        "reason": ticket.reason,
        "priority": ticket.priority,
        "difficulty": ticket.difficulty,
        "tier": ticket.tier,
        "channel": ticket.channel,
        "language": ticket.language,
        "topic": {"id": topic.pk, "slug": topic.slug} if topic else None,
        "owner": {"id": owner.pk, "name": owner.display_name} if owner else None,
        "customer": {"id": ticket.customer_id, "name": ticket.customer.display_name},
        "opened_at": _stamp(ticket.opened_at),
        "resolved_at": _stamp(ticket.resolved_at) if ticket.resolved_at else None,
        "version": ticket.version,
    }


def _written(format: str, message_id: str, type: str, at: datetime, data: dict[str, Any]) -> str:
    said: dict[str, Any] = {"type": type, "timestamp": _stamp(at), "data": data}
    if format == Endpoint.Format.CLOUDEVENTS:
        ticket = (data.get("ticket") or {}).get("id")
        said = {
            "specversion": "1.0",
            "id": message_id,
            "source": settings.PUBLIC_URL,
            "type": f"fengong.{type}",
            **({"subject": f"tickets/{ticket}"} if ticket else {}),
            "time": _stamp(at),
            "datacontenttype": "application/json",
            "data": data,
        }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _cut(event: dict[str, Any]) -> dict[str, Any]:
    """Texts shortened; what is no plain value and large is left out."""
    kept: dict[str, Any] = {}
    for name, value in event.items():
        if isinstance(value, str):
            kept[name] = value[:LONGEST]
        elif len(json.dumps(value)) <= LONGEST:
            kept[name] = value
    return kept
