"""Planning messages from the spine: one for each event and endpoint that listens, however often the event is read."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from fengong.desk.models import Ticket
from fengong.integrations.webhooks.events import EndpointDisabled
from fengong.integrations.webhooks.kinds import ASKED
from fengong.integrations.webhooks.models import Delivery, Endpoint
from fengong.integrations.webhooks.payload import data_of, message
from fengong.integrations.webhooks.policies import may_be_told
from fengong.kernel.actor import SYSTEM
from fengong.kernel.following import LIMIT, Follower
from fengong.kernel.models import Event
from fengong.kernel.spine import record

SPINE = Follower("webhooks")
MOST_AT_ONCE = 10
"""Stretches of the spine in one sweep."""


def plan(*, at: datetime) -> int:
    """Plan messages for what is new on the spine; returns how many."""
    endpoints = _listening(at)
    if not endpoints:
        return 0
    planned = 0
    wanted = {ASKED, *(kind for endpoint in endpoints for kind in endpoint.events)}
    try:
        for _turn in range(MOST_AT_ONCE):
            notes = SPINE.poll()
            seqs = [note.seq for note in notes if note.verb in wanted]
            if seqs:
                planned += _plan(list(Event.objects.filter(seq__in=seqs).order_by("seq")), endpoints, at)
            SPINE.keep_place()
            if len(notes) < LIMIT:
                break
    except Exception:
        SPINE.forget()
        raise
    return planned


def disable(endpoint: Endpoint, *, reason: str, at: datetime) -> None:
    """Stop telling an endpoint that cannot or may not be told any more."""
    with transaction.atomic():
        if not Endpoint.objects.filter(pk=endpoint.pk, active=True).update(
            active=False, disabled_at=at, disabled_reason=reason
        ):
            return
        waiting = Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.WAITING)
        waiting.update(state=Delivery.State.CANCELLED, next_try_at=None, finished_at=at)
        fact = EndpointDisabled(endpoint=endpoint.pk, name=endpoint.name, reason=reason)
        record(fact, actor=SYSTEM, at=at)


def new_message_id() -> str:
    """An id that no other message has; the same on every attempt to deliver it."""
    return f"msg_{secrets.token_hex(16)}"


def _listening(at: datetime) -> list[Endpoint]:
    found = []
    for endpoint in Endpoint.objects.filter(active=True).select_related("creator__position"):
        if may_be_told(endpoint):
            found.append(endpoint)
        else:
            disable(endpoint, reason="creator", at=at)
    return found


def _plan(events: list[Event], endpoints: list[Endpoint], at: datetime) -> int:
    ids = {event.data.get("ticket") for event in events}
    known = Ticket.objects.select_related("customer", "owner", "topic").in_bulk([pk for pk in ids if pk])
    rows = [
        _delivery(event, endpoint, known.get(event.data.get("ticket") or 0), at)
        for event in events
        for endpoint in endpoints
        if _listens(endpoint, event)
    ]
    before = Delivery.objects.filter(seq__in=[event.seq for event in events]).count()
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return Delivery.objects.filter(seq__in=[event.seq for event in events]).count() - before


def _listens(endpoint: Endpoint, event: Event) -> bool:
    if event.seq <= endpoint.since_seq or event.actor.startswith("system:import"):
        return False
    if event.verb == ASKED:
        return bool(event.data.get("endpoint") == endpoint.name)
    return event.verb in endpoint.events


def _delivery(event: Event, endpoint: Endpoint, ticket: Ticket | None, at: datetime) -> Delivery:
    message_id = new_message_id()
    body = message(
        format=endpoint.format,
        message_id=message_id,
        type=event.verb,
        at=event.at,
        data=data_of(event, ticket),
    )
    return Delivery(
        endpoint=endpoint,
        message_id=message_id,
        seq=event.seq,
        type=event.verb,
        body=body,
        next_try_at=at,
        created_at=at,
    )
