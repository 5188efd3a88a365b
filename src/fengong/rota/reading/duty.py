"""Who is meant to work at one instant, as far as giving out work depends on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from fengong.rota.models import Leave, Shift, ShiftBreak, Standby

KNOWN_BY = timedelta(days=7)
"""Who had or has a shift within so long goes by a roster."""
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Duty:
    """By member id: the running shift, where asked for; the running break or one about to begin; ends of leave."""

    shifts: dict[int, Span] = field(default_factory=dict)
    breaks: dict[int, Span] = field(default_factory=dict)
    leave: dict[int, datetime] = field(default_factory=dict)


def duty(at: datetime, *, ends_by: datetime, since: datetime, breaks_by: datetime) -> Duty:
    """Shifts that run now and end by, or began since, a moment; breaks that run or begin by another; leave."""
    shifts = Shift.objects.filter(starts_at__lte=at, ends_at__gt=at).order_by("-ends_at")
    shifts = shifts.filter(Q(ends_at__lte=ends_by) | Q(starts_at__gt=since))
    breaks = ShiftBreak.objects.filter(
        ends_at__gt=at, starts_at__lte=breaks_by, planned__cancelled=False
    ).order_by("-starts_at")
    leave = Leave.objects.filter(state=Leave.State.APPROVED, starts_at__lte=at, ends_at__gt=at)
    return Duty(
        shifts={row[0]: row[1:] for row in shifts.values_list("member_id", "starts_at", "ends_at")},
        breaks={row[0]: row[1:] for row in breaks.values_list("planned__member_id", "starts_at", "ends_at")},
        leave=dict(leave.order_by("ends_at").values_list("member_id", "ends_at")),
    )


def off_shift(member_ids: Iterable[int], at: datetime) -> set[int]:
    """Which of these members go by a roster, and are neither on shift nor on standby now."""
    asked = set(member_ids)
    near = Shift.objects.filter(member_id__in=asked, starts_at__lt=at + KNOWN_BY, ends_at__gt=at - KNOWN_BY)
    rostered = set(near.values_list("member_id", flat=True).distinct())
    running = Q(member_id__in=rostered, starts_at__lte=at, ends_at__gt=at)
    here = set(Shift.objects.filter(running).values_list("member_id", flat=True))
    called = set(Standby.objects.filter(running).values_list("member_id", flat=True))
    return rostered - here - called
