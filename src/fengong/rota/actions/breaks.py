"""Verbs on breaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.policies import is_self
from fengong.rota.actions.pausing import check_pauses, pauses, write_pauses
from fengong.rota.actions.settling import lock
from fengong.rota.actions.shifts import held_plan
from fengong.rota.events import BreakMoved, BreaksSet
from fengong.rota.models import Shift, ShiftBreak
from fengong.rota.policies import require_planning
from fengong.rota.reading.weeks import Pause


def set_breaks(*, actor: Actor, shift: Shift, breaks: Sequence[Pause], at: datetime) -> None:
    """Make these the breaks of a shift; its pattern or file will not change them back."""
    require_planning(actor, shift.member)
    with transaction.atomic():
        planned = held_plan(shift)
        check_pauses(breaks, (planned.starts_at, planned.ends_at))
        write_pauses(planned, breaks)
        planned.changed = True
        planned.save(update_fields=["changed"])
        fact = BreaksSet(
            member=planned.member_id, starts_at=planned.starts_at.isoformat(), breaks=len(breaks)
        )
        record(fact, actor=actor, at=at)


def move_break(*, actor: Actor, pause: ShiftBreak, starts_at: datetime, at: datetime) -> ShiftBreak:
    """Take a break earlier or later within its window. Members move their own."""
    member = pause.planned.member
    if not is_self(actor, member):
        require_planning(actor, member)
    with transaction.atomic():
        lock([member.pk])
        row = ShiftBreak.objects.select_related("planned").filter(pk=pause.pk).first()
        if row is None:
            raise Missing(_("This break does not exist any more."))
        if row.window_starts_at is None:
            raise Invalid(_("This break is fixed."), field="starts_at")
        before = row.starts_at
        row.starts_at, row.ends_at = starts_at, starts_at + (row.ends_at - before)
        others = [one for one in pauses(row.planned) if one.starts_at != before]
        window = (row.window_starts_at, row.window_ends_at or row.ends_at)
        check_pauses(
            [*others, Pause(row.starts_at, row.ends_at, window)],
            (row.planned.starts_at, row.planned.ends_at),
        )
        row.save(update_fields=["starts_at", "ends_at"])
        row.planned.changed = True
        row.planned.save(update_fields=["changed"])
        fact = BreakMoved(
            member=member.pk, starts_at=starts_at.isoformat(), from_starts_at=before.isoformat()
        )
        record(fact, actor=actor, at=at)
    return row
