"""Verbs on dated shifts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.rota.actions.pausing import check_pauses, shifted, write_pauses
from fengong.rota.actions.settling import is_taken, lock, settle
from fengong.rota.events import ShiftCancelled, ShiftMoved, ShiftPlanned
from fengong.rota.models import PlannedShift, Shift
from fengong.rota.policies import require_planning
from fengong.rota.reading.weeks import Pause


def plan_shift(
    *,
    actor: Actor,
    member: Member,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    breaks: Sequence[Pause] = (),
) -> Shift:
    """Put a member on shift; shifts of one member may not overlap. Refused where leave takes all of it."""
    require_planning(actor, member)
    check_time(starts_at, ends_at)
    check_pauses(breaks, (starts_at, ends_at))
    with transaction.atomic():
        lock([member.pk])
        planned = put(PlannedShift(member=member, starts_at=starts_at, ends_at=ends_at), breaks)
        settle([member.pk], start=starts_at, end=ends_at)
        shift = Shift.objects.filter(planned=planned).select_related("member").order_by("starts_at").first()
        if shift is None:
            raise Conflict(_("This member is on leave in that time."), field="starts_at")
        fact = ShiftPlanned(member=member.pk, starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat())
        record(fact, actor=actor, at=at)
    return shift


def move_shift(
    *,
    actor: Actor,
    shift: Shift,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    changed: bool = True,
) -> PlannedShift:
    """Give a shift another time; its pattern or file will not move it back unless `changed` is false, as in an undo.
    Its breaks move along."""
    require_planning(actor, shift.member)
    check_time(starts_at, ends_at)
    with transaction.atomic():
        planned = held_plan(shift)
        before = (planned.starts_at, planned.ends_at)
        breaks = shifted(planned, starts_at - before[0], (starts_at, ends_at))
        planned.starts_at, planned.ends_at, planned.changed = starts_at, ends_at, changed
        put(planned, breaks)
        settle([planned.member_id], start=min(before[0], starts_at), end=max(before[1], ends_at))
        fact = ShiftMoved(
            member=planned.member_id,
            starts_at=starts_at.isoformat(),
            ends_at=ends_at.isoformat(),
            from_starts_at=before[0].isoformat(),
            from_ends_at=before[1].isoformat(),
        )
        record(fact, actor=actor, at=at)
    return planned


def cancel_shift(*, actor: Actor, shift: Shift, at: datetime, reason: str = "") -> PlannedShift:
    """Take a shift off the roster; neither its pattern nor its file brings it back."""
    require_planning(actor, shift.member)
    with transaction.atomic():
        planned = held_plan(shift)
        planned.cancelled = planned.changed = True
        planned.save(update_fields=["cancelled", "changed"])
        settle([planned.member_id], start=planned.starts_at, end=planned.ends_at)
        fact = ShiftCancelled(
            member=planned.member_id,
            starts_at=planned.starts_at.isoformat(),
            ends_at=planned.ends_at.isoformat(),
            reason=reason.strip()[:200],
        )
        record(fact, actor=actor, at=at)
    return planned


def held_plan(shift: Shift) -> PlannedShift:
    """What a shift was planned as, its member's roster held; a shift that was written without a plan gets one."""
    lock([shift.member_id])
    row = Shift.objects.filter(pk=shift.pk).first()
    if row is None:
        raise Missing(_("This shift does not exist any more."))
    if row.planned is None:
        row.planned = PlannedShift.objects.create(
            member_id=row.member_id, starts_at=row.starts_at, ends_at=row.ends_at
        )
        row.save(update_fields=["planned"])
    return row.planned


def put(planned: PlannedShift, breaks: Sequence[Pause]) -> PlannedShift:
    """Write what is planned, with its breaks; Conflict where the member has another shift in that time."""
    if is_taken(planned.member_id, (planned.starts_at, planned.ends_at), but=planned.pk or 0):
        raise Conflict(_("This member already has a shift in that time."), field="starts_at")
    planned.save()
    write_pauses(planned, breaks)
    return planned


def check_time(starts_at: datetime, ends_at: datetime) -> None:
    """A shift has a beginning and, within two days of it, an end."""
    if ends_at <= starts_at:
        raise Invalid(_("A shift must end after it starts."), field="ends_at")
