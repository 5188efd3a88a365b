"""Verbs on endpoints."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.integrations.webhooks.actions.planning import SPINE
from fengong.integrations.webhooks.events import EndpointRemoved, EndpointSet, SecretRotated
from fengong.integrations.webhooks.kinds import KINDS
from fengong.integrations.webhooks.models import Delivery, Endpoint
from fengong.integrations.webhooks.policies import require_configuring
from fengong.integrations.webhooks.wire.guard import checked_url
from fengong.integrations.webhooks.wire.signing import secret_of
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import last_seq, record
from fengong.people.models import Member

OVERLAP = timedelta(days=1)
"""For how long after a rotation messages are signed with the secret before, too."""


@dataclass(frozen=True)
class EndpointDraft:
    """An endpoint as somebody writes it."""

    name: str
    url: str
    events: Sequence[str] = field(default_factory=tuple)
    format: str = Endpoint.Format.PLAIN


def add_endpoint(*, actor: Member, draft: EndpointDraft, at: datetime) -> tuple[Endpoint, str]:
    """Set an endpoint up; returns it with its secret, which is shown this once."""
    require_configuring(actor)
    endpoint = Endpoint(creator=actor, salt=secrets.token_hex(32), created_at=at)
    if not Endpoint.objects.filter(active=True).exists():
        SPINE.jump(at=at)
    endpoint.since_seq = last_seq()
    _write(endpoint, draft, actor, at)
    return endpoint, secret_of(endpoint.salt)


def change_endpoint(*, actor: Member, endpoint: Endpoint, draft: EndpointDraft, at: datetime) -> Endpoint:
    """Change where messages go, which, or in what format."""
    require_configuring(actor)
    return _write(endpoint, draft, actor, at)


def switch_endpoint(*, actor: Member, endpoint: Endpoint, active: bool, at: datetime) -> Endpoint:
    """Stop telling an endpoint, or begin again; what happened in between is not made up for."""
    require_configuring(actor)
    with transaction.atomic():
        row = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        if row.active == active:
            return row
        if active:
            if not Endpoint.objects.filter(active=True).exists():
                SPINE.jump(at=at)
            row.since_seq, row.disabled_at, row.disabled_reason, row.paused_until = last_seq(), None, "", None
        row.active = active
        row.save()
        if not active:
            cancel(row, at=at)
        record(EndpointSet(endpoint=row.pk, name=row.name, active=active), actor=actor, at=at)
    return row


def rotate_secret(*, actor: Member, endpoint: Endpoint, at: datetime) -> str:
    """Give the endpoint a new secret, shown this once; for a day messages carry a signature of each."""
    require_configuring(actor)
    with transaction.atomic():
        row = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        row.previous_salt, row.previous_until = row.salt, at + OVERLAP
        row.salt = secrets.token_hex(32)
        row.save(update_fields=["salt", "previous_salt", "previous_until"])
        record(SecretRotated(endpoint=row.pk, name=row.name), actor=actor, at=at)
    return secret_of(row.salt)


def remove_endpoint(*, actor: Member, endpoint: Endpoint, at: datetime) -> None:
    """Forget an endpoint and its deliveries."""
    require_configuring(actor)
    with transaction.atomic():
        record(EndpointRemoved(endpoint=endpoint.pk, name=endpoint.name), actor=actor, at=at)
        endpoint.delete()


def cancel(endpoint: Endpoint, *, at: datetime) -> None:
    """What was still to be sent will not be."""
    Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.WAITING).update(
        state=Delivery.State.CANCELLED, next_try_at=None, finished_at=at
    )


def _write(endpoint: Endpoint, draft: EndpointDraft, actor: Member, at: datetime) -> Endpoint:
    if not draft.name.strip():
        raise Invalid(_("An endpoint needs a name."), field="name")
    if not draft.events or set(draft.events) - set(KINDS):
        raise Invalid(_("Choose at least one event."), field="events")
    if draft.format not in Endpoint.Format.values:
        raise Invalid(_("There is no such format."), field="format")
    endpoint.name, endpoint.url = draft.name.strip()[:120], checked_url(draft.url)
    endpoint.events, endpoint.format = [kind for kind in KINDS if kind in draft.events], draft.format
    try:
        with transaction.atomic():
            endpoint.save()
            fact = EndpointSet(endpoint=endpoint.pk, name=endpoint.name, active=endpoint.active)
            record(fact, actor=actor, at=at)
    except IntegrityError as error:
        raise Conflict(_("Another endpoint has this name."), field="name") from error
    return endpoint
