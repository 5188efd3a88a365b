"""Verbs on notices: what contacts are told by mail besides the answers on their tickets."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from fengong.customers.models import Contact, OutgoingNotice, SignInLink
from fengong.customers.policies import require_contact_keeper
from fengong.kernel.actor import Actor

KEPT = timedelta(days=1)
"""How long what has expired is kept before it is forgotten."""


def leave_notice(
    *, actor: Actor, contact: Contact, kind: str, payload: dict[str, Any], expires_at: datetime, at: datetime
) -> OutgoingNotice:
    """Put a notice out for mail to take along."""
    require_contact_keeper(actor)
    return OutgoingNotice.objects.create(
        contact=contact, kind=kind, payload=payload, due_at=at, expires_at=expires_at
    )


def mark_sent(*, actor: Actor, notice: OutgoingNotice, at: datetime) -> bool:
    """Note that a notice is on its way; false when somebody else was first. Its content is forgotten."""
    require_contact_keeper(actor)
    fresh = OutgoingNotice.objects.filter(pk=notice.pk, sent_at__isnull=True)
    return fresh.update(sent_at=at, payload={}) == 1


def put_off(*, actor: Actor, notice: OutgoingNotice, until: datetime, at: datetime) -> None:
    """Try again later, because nobody took it now."""
    require_contact_keeper(actor)
    OutgoingNotice.objects.filter(pk=notice.pk, sent_at__isnull=True).update(due_at=until)


def forget_spent(*, actor: Actor, at: datetime) -> int:
    """Delete links and notices that nobody can use any more; returns how many."""
    require_contact_keeper(actor)
    links, _by_table = SignInLink.objects.filter(expires_at__lt=at - KEPT).delete()
    notices, _by_table = OutgoingNotice.objects.filter(expires_at__lt=at - KEPT).delete()
    return links + notices
