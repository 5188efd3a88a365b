"""Sending what is due: claimed in the database, posted by threads outside any transaction, settled by the next look.

Each worker may do this at once. A claim moves the delivery's next attempt on by CLAIM; a worker that dies with it lets
that time pass, and another one sends it again under the same id.
"""

from __future__ import annotations

import hashlib
import queue
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from fengong.integrations.webhooks.actions.planning import disable
from fengong.integrations.webhooks.models import Delivery, Endpoint
from fengong.integrations.webhooks.wire import posting
from fengong.integrations.webhooks.wire.posting import Answer
from fengong.integrations.webhooks.wire.signing import headers, secret_of

CLAIM = timedelta(seconds=60)
WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""How long before each attempt, from the one before it."""
JITTER = 0.1
LONGEST_WAIT = timedelta(days=1)
SLOW_DOWN = (429, 502, 503, 504)
CALM = timedelta(seconds=30)
"""How long an overloaded endpoint is left alone when it does not say itself."""
HOPELESS = timedelta(days=3)
AT_ONCE, OF_ONE = 16, 4
"""Requests in the air in one process, and to one endpoint."""
LOGGED = 20
State = Delivery.State


@dataclass(frozen=True)
class _Claim:
    delivery: int
    endpoint: int
    until: datetime


class Sender:
    """The requests that one process has in the air."""

    def __init__(self) -> None:
        self._flying: dict[int, _Claim] = {}
        self._landed: queue.SimpleQueue[tuple[_Claim, Answer]] = queue.SimpleQueue()

    @property
    def flying(self) -> int:
        return len(self._flying)

    def look(self, *, at: datetime) -> int:
        """Settle what has been answered and send what is due; returns how many were settled. It waits for nothing."""
        settled = 0
        while not self._landed.empty():
            claim, answer = self._landed.get()
            self._flying.pop(claim.delivery, None)
            settled += settle(claim.delivery, answer, claimed_until=claim.until, at=at)
        for delivery in self._due(at):
            self._send(delivery, at)
        return settled

    def _due(self, at: datetime) -> list[Delivery]:
        room = AT_ONCE - self.flying
        if room <= 0:
            return []
        busy = Counter(claim.endpoint for claim in self._flying.values())
        full = [endpoint for endpoint, count in busy.items() if count >= OF_ONE]
        open_now = Q(endpoint__paused_until__isnull=True) | Q(endpoint__paused_until__lte=at)
        due = Delivery.objects.filter(open_now, state=State.WAITING, next_try_at__lte=at)
        found: list[Delivery] = []
        for delivery in (
            due.exclude(endpoint__in=full).select_related("endpoint").order_by("next_try_at")[:100]
        ):
            if len(found) < room and busy[delivery.endpoint_id] < OF_ONE:
                busy[delivery.endpoint_id] += 1
                found.append(delivery)
        return found

    def _send(self, delivery: Delivery, at: datetime) -> None:
        until = at + CLAIM
        still = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING, next_try_at=delivery.next_try_at)
        if not still.update(next_try_at=until, tries=delivery.tries + 1):
            return  # another worker was faster
        claim = _Claim(delivery.pk, delivery.endpoint_id, until)
        self._flying[delivery.pk] = claim
        request = _request(delivery, at)

        def fly() -> None:
            self._landed.put((claim, posting.post(delivery.endpoint.url, **request)))

        threading.Thread(target=fly, name=f"webhook {delivery.pk}", daemon=True).start()


def _request(delivery: Delivery, at: datetime) -> dict[str, Any]:
    endpoint, body = delivery.endpoint, delivery.body.encode()
    salts = [endpoint.salt]
    if endpoint.previous_salt and endpoint.previous_until and endpoint.previous_until > at:
        salts.append(endpoint.previous_salt)
    kind = "cloudevents+json" if endpoint.format == Endpoint.Format.CLOUDEVENTS else "json"
    signed = headers(
        message_id=delivery.message_id, body=body, secrets=[secret_of(salt) for salt in salts], at=at
    )
    return {"body": body, "headers": {**signed, "Content-Type": f"application/{kind}; charset=utf-8"}}


def settle(pk: int, answer: Answer, *, claimed_until: datetime, at: datetime) -> bool:
    """Write down what became of an attempt, and when the next one is; false when the claim had run out."""
    with transaction.atomic():
        ours = Delivery.objects.select_for_update(of=("self",)).filter(
            pk=pk, state=State.WAITING, next_try_at=claimed_until
        )
        delivery = ours.select_related("endpoint").first()
        if delivery is None:
            return False
        entry = {
            "at": at.isoformat(),
            "status": answer.status,
            "milliseconds": answer.milliseconds,
            "said": answer.said,
        }
        delivery.log = [*delivery.log, entry][-LOGGED:]
        if answer.taken:
            delivery.state, delivery.next_try_at, delivery.finished_at = State.DONE, None, at
            Endpoint.objects.filter(pk=delivery.endpoint_id).update(succeeded_at=at, paused_until=None)
        else:
            _put_off(delivery, answer, at)
        delivery.save(update_fields=["log", "state", "next_try_at", "finished_at"])
        _consider(delivery, answer, at)
    return True


def _put_off(delivery: Delivery, answer: Answer, at: datetime) -> None:
    if delivery.tries >= len(WAITS):
        delivery.state, delivery.next_try_at, delivery.finished_at = State.FAILED, None, at
        return
    asked = retry_after(answer.retry_after, at)
    delivery.next_try_at = at + max(_wait(delivery), asked or timedelta())
    if answer.status in SLOW_DOWN:
        Endpoint.objects.filter(pk=delivery.endpoint_id).update(paused_until=at + (asked or CALM))


def _consider(delivery: Delivery, answer: Answer, at: datetime) -> None:
    """Whether the endpoint should be told anything any more."""
    endpoint = delivery.endpoint
    if answer.status == 410:
        delivery.state, delivery.next_try_at, delivery.finished_at = State.FAILED, None, at
        delivery.save(update_fields=["state", "next_try_at", "finished_at"])
        disable(endpoint, reason="gone", at=at)
    elif delivery.state == State.FAILED and (endpoint.succeeded_at or endpoint.created_at) < at - HOPELESS:
        disable(endpoint, reason="failing", at=at)


def _wait(delivery: Delivery) -> timedelta:
    """The planned wait, a little more or less for each message, so that not all come at once."""
    draw = hashlib.sha256(f"{delivery.message_id} {delivery.tries}".encode()).digest()[0] / 255
    return WAITS[delivery.tries] * (1 + JITTER * (2 * draw - 1))


def retry_after(text: str, at: datetime) -> timedelta | None:
    """How long the receiver asks us to wait, in seconds or until a date; at most a day."""
    if text.isdecimal() and len(text) < 9:
        return min(timedelta(seconds=int(text)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - at, timedelta()), LONGEST_WAIT)
