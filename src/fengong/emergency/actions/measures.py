"""Verbs on what is done because of a surge, and taken back when it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.emergency.actions import calls, editions, shedding
from fengong.emergency.events import MeasureTaken, MeasureWithdrawn
from fengong.emergency.models import Measure, Surge
from fengong.emergency.policies import require_commanding
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record

DONE: dict[str, Callable[[Measure, datetime], None]] = {
    Measure.Kind.RINGS: editions.put_in_force,
    Measure.Kind.BORROW: editions.put_in_force,
    Measure.Kind.SHED: shedding.shed,
    Measure.Kind.STANDBY: calls.call_all,
}
UNDONE: dict[str, Callable[[Measure, datetime], None]] = {
    Measure.Kind.RINGS: editions.put_in_force,
    Measure.Kind.BORROW: editions.put_in_force,
    Measure.Kind.SHED: shedding.bring_back,
    Measure.Kind.STANDBY: calls.dismiss_all,
}


def take_measure(*, actor: Actor, surge: Surge, kind: str, at: datetime) -> Measure:
    """Do something about a surge that goes on; what stands already is returned as it is."""
    require_commanding(actor)
    if kind not in Measure.Kind.values:
        raise Invalid(_("There is no such measure."), field="kind")
    with transaction.atomic():
        row = Surge.objects.select_for_update().get(pk=surge.pk)
        if not row.is_running:
            raise Conflict(_("This surge is over."))
        if standing := row.measures.filter(kind=kind, withdrawn_at__isnull=True).first():
            return standing
        measure = Measure.objects.create(surge=row, kind=kind, by=actor.ref, taken_at=at)
        record(MeasureTaken(surge=row.pk, measure=measure.pk, kind=kind), actor=actor, at=at)
    DONE[kind](measure, at)
    return measure


def withdraw_measure(*, actor: Actor, measure: Measure, at: datetime) -> Measure:
    """Take back what was done because of a surge; saying it again changes nothing."""
    require_commanding(actor)
    with transaction.atomic():
        row = Measure.objects.select_for_update().get(pk=measure.pk)
        if row.withdrawn_at is not None:
            return row
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        fact = MeasureWithdrawn(surge=row.surge_id, measure=row.pk, kind=row.kind)
        record(fact, actor=actor, at=at)
    UNDONE[row.kind](row, at)
    return row


def withdraw_all(*, actor: Actor, surge: Surge, at: datetime) -> None:
    """Back to normal: take back everything that stands because of this surge."""
    for measure in surge.measures.filter(withdrawn_at__isnull=True).order_by("id"):
        withdraw_measure(actor=actor, measure=measure, at=at)


def keep_up(*, actor: Actor, at: datetime) -> int:
    """What measures need while they stand, and what a killed worker left undone; returns how many were kept up."""
    require_commanding(actor)
    for measure in Measure.objects.filter(
        withdrawn_at__isnull=True, surge__ended_at__isnull=False
    ).select_related("surge"):
        withdraw_measure(actor=actor, measure=measure, at=at)
    standing = Measure.objects.filter(withdrawn_at__isnull=True).select_related("surge").order_by("id")
    for measure in standing:
        DONE[measure.kind](measure, at)
    editions.settle(at)
    return len(standing)
