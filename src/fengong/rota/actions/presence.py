"""Verbs on presence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.rota.events import PresenceChanged
from fengong.rota.models import Presence, PresenceSpan
from fengong.rota.policies import require_presence_of


def set_presence(*, actor: Actor, member: Member, status: str, at: datetime) -> Presence:
    """Say that a member is online, away or offline. Saying it again changes nothing."""
    require_presence_of(actor, member)
    if status not in Presence.Status.values:
        raise Invalid(_("Presence is online, away or offline."), field="status")
    with transaction.atomic():
        presence, created = Presence.objects.select_for_update().get_or_create(
            member=member, defaults={"status": status, "since": at}
        )
        if not created and presence.status == status:
            return presence
        presence.status, presence.since = status, at
        presence.save(update_fields=["status", "since"])
        _follow(member, status, at)
        record(PresenceChanged(member=member.pk, status=status), actor=actor, at=at)
    return presence


def _follow(member: Member, status: str, at: datetime) -> None:
    """End the span that runs and begin the next."""
    running = PresenceSpan.objects.filter(member=member, ends_at__isnull=True)
    running.update(ends_at=Greatest(F("starts_at"), Value(at)))
    PresenceSpan.objects.create(member=member, status=status, starts_at=at)


def online_locked(member_ids: Iterable[int]) -> set[int]:
    """Which of these members are online, and stay so until the caller's transaction ends."""
    here = Presence.objects.select_for_update(no_key=True).filter(
        member_id__in=set(member_ids), status=Presence.Status.ONLINE
    )
    return set(here.order_by("member_id").values_list("member_id", flat=True))
