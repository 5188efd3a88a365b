"""Verbs that undo: a shift that was cancelled comes back, one that was given away returns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Missing
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.rota.actions.pausing import shifted
from fengong.rota.actions.settling import is_taken, lock, settle
from fengong.rota.actions.shifts import check_time, held_plan, put
from fengong.rota.events import ShiftCancelled, ShiftPlanned, ShiftRestored
from fengong.rota.models import PlannedShift, Shift
from fengong.rota.policies import require_planning

GIVEN = "given"
"""The reason with which a shift leaves the roster of one member for that of another."""


def restore_shift(*, actor: Actor, planned: PlannedShift, at: datetime, changed: bool = True) -> PlannedShift:
    """Put a cancelled shift back. With `changed` false its pattern or file leads it again."""
    require_planning(actor, planned.member)
    with transaction.atomic():
        lock([planned.member_id])
        row = _restored(planned, changed=changed)
        record(ShiftRestored(**_told(row)), actor=actor, at=at)
    return row


def give_shift(
    *, actor: Actor, shift: Shift, member: Member, starts_at: datetime, ends_at: datetime, at: datetime
) -> PlannedShift:
    """Let another member work a shift, at its time or another one; the pattern of the first does not bring it back."""
    require_planning(actor, shift.member)
    require_planning(actor, member)
    check_time(starts_at, ends_at)
    with transaction.atomic():
        lock([shift.member_id, member.pk])
        before = held_plan(shift)
        breaks = shifted(before, starts_at - before.starts_at, (starts_at, ends_at))
        _cancel(before)
        given = put(PlannedShift(member=member, starts_at=starts_at, ends_at=ends_at), breaks)
        settle([member.pk], start=starts_at, end=ends_at)
        if not Shift.objects.filter(planned=given).exists():
            raise Conflict(_("This member is on leave in that time."), field="starts_at")
        record(ShiftCancelled(**_told(before), reason=GIVEN), actor=actor, at=at)
        record(ShiftPlanned(**_told(given)), actor=actor, at=at)
    return given


def take_shift_back(
    *, actor: Actor, given: PlannedShift, planned: PlannedShift, at: datetime, changed: bool = True
) -> PlannedShift:
    """Undo a giving: `given` leaves the roster, and who had it before has `planned` again."""
    require_planning(actor, given.member)
    require_planning(actor, planned.member)
    with transaction.atomic():
        lock([given.member_id, planned.member_id])
        _cancel(given)
        row = _restored(planned, changed=changed)
        record(ShiftCancelled(**_told(given), reason=GIVEN), actor=actor, at=at)
        record(ShiftRestored(**_told(row)), actor=actor, at=at)
    return row


def _restored(planned: PlannedShift, *, changed: bool) -> PlannedShift:
    row = PlannedShift.objects.select_related("member__team").filter(pk=planned.pk).first()
    if row is None:
        raise Missing(_("This shift does not exist any more."))
    if is_taken(row.member_id, (row.starts_at, row.ends_at), but=row.pk):
        raise Conflict(_("This member already has a shift in that time."), field="starts_at")
    row.cancelled, row.changed = False, changed
    row.save(update_fields=["cancelled", "changed"])
    settle([row.member_id], start=row.starts_at, end=row.ends_at)
    return row


def _cancel(planned: PlannedShift) -> None:
    planned.cancelled = planned.changed = True
    planned.save(update_fields=["cancelled", "changed"])
    settle([planned.member_id], start=planned.starts_at, end=planned.ends_at)


def _told(planned: PlannedShift) -> dict[str, Any]:
    return {
        "member": planned.member_id,
        "starts_at": planned.starts_at.isoformat(),
        "ends_at": planned.ends_at.isoformat(),
    }
