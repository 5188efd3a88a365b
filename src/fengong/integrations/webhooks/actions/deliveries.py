"""Verbs on single messages: a ping, sending one again, and forgetting old ones."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.integrations.webhooks.actions.planning import new_message_id
from fengong.integrations.webhooks.events import DeliveryAsked
from fengong.integrations.webhooks.kinds import PING
from fengong.integrations.webhooks.models import Delivery, Endpoint
from fengong.integrations.webhooks.payload import message
from fengong.integrations.webhooks.policies import require_configuring
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import record

KEPT = timedelta(days=30)
FORGOTTEN_AT_ONCE = 5_000


def ping(*, actor: Actor, endpoint: Endpoint, at: datetime) -> Delivery:
    """Send a message that says nothing, to see whether it arrives."""
    require_configuring(actor)
    _require_active(endpoint)
    message_id = new_message_id()
    body = message(
        format=endpoint.format, message_id=message_id, type=PING, at=at, data={"endpoint": endpoint.name}
    )
    with transaction.atomic():
        delivery = Delivery.objects.create(
            endpoint=endpoint, message_id=message_id, type=PING, body=body, next_try_at=at, created_at=at
        )
        record(DeliveryAsked(endpoint=endpoint.pk, delivery=delivery.pk), actor=actor, at=at)
    return delivery


def redeliver(*, actor: Actor, delivery: Delivery, at: datetime) -> Delivery:
    """Send a message again as it was, under its own id, from the first attempt on."""
    require_configuring(actor)
    with transaction.atomic():
        row = Delivery.objects.select_for_update().get(pk=delivery.pk)
        _require_active(row.endpoint)
        if row.state == Delivery.State.WAITING and row.tries == 0:
            return row
        row.state, row.tries, row.next_try_at, row.finished_at = Delivery.State.WAITING, 0, at, None
        row.save(update_fields=["state", "tries", "next_try_at", "finished_at"])
        record(DeliveryAsked(endpoint=row.endpoint_id, delivery=row.pk), actor=actor, at=at)
    return row


def forget_old(*, at: datetime) -> int:
    """Forget messages that ended a month ago; returns how many."""
    old = Delivery.objects.filter(created_at__lt=at - KEPT).exclude(state=Delivery.State.WAITING)
    pks = list(old.order_by("created_at").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    Delivery.objects.filter(pk__in=pks).delete()
    return len(pks)


def _require_active(endpoint: Endpoint) -> None:
    if not endpoint.active:
        raise Conflict(_("This endpoint is switched off; switch it on first."))
