"""The verb that says how the desk is prepared for surges."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.emergency import queries
from fengong.emergency.events import ReadinessSet
from fengong.emergency.models import Measure, Readiness
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.policies import require


def prepare(
    *,
    actor: Actor,
    quiet_days: int,
    automatic: list[str],
    defer_minutes: int,
    message_zh: str,
    message_en: str,
    at: datetime,
) -> Readiness:
    """Say how rarely a false alarm may come, which measures are taken at once, and what deferred customers are told."""
    require(actor, "desk.configure")
    if not 1 <= quiet_days <= 365:
        raise Invalid(_("From one day to a year."), field="quiet_days")
    if not 5 <= defer_minutes <= 1440:
        raise Invalid(_("From five minutes to a day."), field="defer_minutes")
    if set(automatic) - set(Measure.Kind.values):
        raise Invalid(_("There is no such measure."), field="automatic")
    with transaction.atomic():
        row = queries.readiness()
        row.quiet_days, row.defer_minutes = quiet_days, defer_minutes
        row.automatic = [kind for kind in Measure.Kind.values if kind in automatic]
        row.message_zh, row.message_en = message_zh.strip(), message_en.strip()
        row.save()
        record(ReadinessSet(quiet_days=quiet_days, automatic=row.automatic), actor=actor, at=at)
    return row
