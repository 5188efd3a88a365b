"""Verbs on leave. Approved leave takes its member off the roster at once, and gives the shifts back when it is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel import zones
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid, Missing
from fengong.kernel.spine import Fact, record
from fengong.people.models import Member
from fengong.rota.actions.settling import lock, settle
from fengong.rota.events import (
    LeaveApproved,
    LeaveDeclined,
    LeaveReconsidered,
    LeaveRequested,
    LeaveWithdrawn,
)
from fengong.rota.models import Leave
from fengong.rota.policies import require_asking_for, require_deciding

STANDING = (Leave.State.REQUESTED, Leave.State.APPROVED)


def request_leave(
    *,
    actor: Actor,
    member: Member,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    whole_days: bool = True,
    zone: str = "Asia/Shanghai",
    note: str = "",
) -> Leave:
    """Ask to be away. Members ask for themselves; those who plan for them may write it down."""
    require_asking_for(actor, member)
    leave = Leave(
        member=member,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        whole_days=whole_days,
        zone=zone,
        note=note.strip()[:500],
        asked_at=at,
    )
    check_leave(leave)
    with transaction.atomic():
        lock([member.pk])
        put_leave(leave)
        record(LeaveRequested(**_told(leave)), actor=actor, at=at)
    return leave


def approve_leave(*, actor: Actor, leave: Leave, at: datetime, answer: str = "") -> Leave:
    """Say yes; the member is off the roster in that time."""
    return _decide(actor, leave, Leave.State.APPROVED, answer, at)


def decline_leave(*, actor: Actor, leave: Leave, at: datetime, answer: str = "") -> Leave:
    """Say no."""
    return _decide(actor, leave, Leave.State.DECLINED, answer, at)


def withdraw_leave(*, actor: Actor, leave: Leave, at: datetime) -> Leave:
    """Take leave back before it is over; shifts it took away are there again."""
    require_asking_for(actor, leave.member)
    with transaction.atomic():
        row = _held(leave)
        if row.state not in STANDING or row.ends_at <= at:
            raise Conflict(_("This leave is over, declined or withdrawn already."))
        row.state = Leave.State.WITHDRAWN
        row.save(update_fields=["state"])
        settle([row.member_id], start=row.starts_at, end=row.ends_at)
        record(LeaveWithdrawn(leave=row.pk, member=row.member_id), actor=actor, at=at)
    return row


def reconsider_leave(*, actor: Actor, leave: Leave, at: datetime) -> Leave:
    """Take a decision back: the leave is asked for again, and what it took from the roster is there again."""
    require_deciding(actor, leave.member)
    with transaction.atomic():
        row = _held(leave)
        if row.state not in (Leave.State.APPROVED, Leave.State.DECLINED) or row.ends_at <= at:
            raise Conflict(_("Nothing was decided about this leave, or it is over."))
        row.state, row.answer, row.decided_at, row.decided_by = Leave.State.REQUESTED, "", None, None
        put_leave(row)
        settle([row.member_id], start=row.starts_at, end=row.ends_at)
        record(LeaveReconsidered(leave=row.pk, member=row.member_id), actor=actor, at=at)
    return row


def check_leave(leave: Leave) -> None:
    """Raise Invalid unless this can be asked for."""
    if leave.kind not in Leave.Kind.values:
        raise Invalid(_("Leave is annual, sick, training or other."), field="kind")
    if leave.ends_at <= leave.starts_at:
        raise Invalid(_("Leave must end after it starts."), field="ends_at")
    if not zones.is_zone(leave.zone):
        raise Invalid(_("There is no time zone of this name."), field="zone")


def put_leave(leave: Leave) -> None:
    """Write leave of a member whose roster is held; refused where they have other leave in that time."""
    others = Leave.objects.filter(
        member=leave.member_id, state__in=STANDING, starts_at__lt=leave.ends_at, ends_at__gt=leave.starts_at
    )
    if others.exclude(pk=leave.pk).exists():
        raise Invalid(_("This member already has leave in that time."), field="starts_at")
    leave.save()


def _decide(actor: Actor, leave: Leave, state: Leave.State, answer: str, at: datetime) -> Leave:
    require_deciding(actor, leave.member)
    with transaction.atomic():
        row = _held(leave)
        if row.state != Leave.State.REQUESTED:
            raise Conflict(_("This leave is decided already."))
        row.state, row.answer, row.decided_at = state, answer.strip()[:500], at
        row.decided_by = actor if isinstance(actor, Member) else None
        row.save(update_fields=["state", "answer", "decided_at", "decided_by"])
        fact: Fact = LeaveDeclined(leave=row.pk, member=row.member_id)
        if state == Leave.State.APPROVED:
            settle([row.member_id], start=row.starts_at, end=row.ends_at)
            fact = LeaveApproved(**_told(row))
        record(fact, actor=actor, at=at)
    return row


def _held(leave: Leave) -> Leave:
    lock([leave.member_id])
    row = Leave.objects.select_related("member__team").filter(pk=leave.pk).first()
    if row is None:
        raise Missing(_("This leave does not exist any more."))
    return row


def _told(leave: Leave) -> dict[str, Any]:
    return {
        "leave": leave.pk,
        "member": leave.member_id,
        "starts_at": leave.starts_at.isoformat(),
        "ends_at": leave.ends_at.isoformat(),
    }
