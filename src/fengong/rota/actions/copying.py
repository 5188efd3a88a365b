"""Verbs that copy the shifts of a week into another one, and take such a copy back."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel import zones
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require
from fengong.rota.actions.pausing import pause_row, shifted
from fengong.rota.actions.settling import lock, settle
from fengong.rota.events import CopyTakenBack, WeekCopied
from fengong.rota.models import PlannedShift, Shift, ShiftBreak
from fengong.rota.policies import require_planning
from fengong.rota.reading.spans import Span, overlap
from fengong.rota.reading.weeks import instant

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy brought: its name, how many shifts it added, and how many were left out as somebody works then."""

    copy: str
    added: int
    skipped: int


def copy_week(
    *, actor: Actor, members: Iterable[Member], source: date, target: date, zone: str, at: datetime
) -> Copied:
    """Write the shifts that members have in one week into another, at the same times on the wall clocks of a zone.

    A shift is left out where its member already has one in that time, or where that time has begun.
    """
    require(actor, "shift.plan")
    people = {member.pk: member for member in members}
    for member in people.values():
        require_planning(actor, member)
    if source.weekday() or target.weekday() or source == target:
        raise Invalid(_("Choose two different weeks, by their Mondays."), field="target")
    if not zones.is_zone(zone):
        raise Invalid(_("There is no time zone of this name."), field="zone")
    name = secrets.token_hex(8)
    with transaction.atomic():
        lock(people)
        plans = _of_week(people, source, zone)
        wanted = [(plan, _same_clock(plan, target - source, zone)) for plan in plans]
        free = _free(people, wanted, at)
        _write(free, name)
        added = WeekCopied(
            name, len({plan.member_id for plan, _span in free}), len(free), len(wanted) - len(free)
        )
        if free:
            record(added, actor=actor, at=at)
    return Copied(name, added.added, added.skipped)


def take_copy_back(*, actor: Actor, copy: str, at: datetime) -> int:
    """Remove the shifts that a copy brought, but for those changed since or begun; returns how many."""
    require(actor, "shift.plan")
    rows = PlannedShift.objects.filter(key__startswith=f"copy-{copy}-", changed=False, starts_at__gt=at)
    for member in Member.objects.select_related("team").filter(pk__in=rows.values("member")):
        require_planning(actor, member)
    with transaction.atomic():
        lock(rows.values_list("member_id", flat=True).distinct())
        removed = len({pk for pk in rows.values_list("pk", flat=True)})
        rows.delete()
        if removed:
            record(CopyTakenBack(copy=copy, removed=removed), actor=actor, at=at)
    return removed


def _of_week(people: Iterable[int], monday: date, zone: str) -> list[PlannedShift]:
    """What these members are planned for in a week: shifts that begin in it."""
    start, end = instant(monday, 0, zone), instant(monday + WEEK, 0, zone)
    found = PlannedShift.objects.filter(
        member_id__in=list(people), starts_at__gte=start, starts_at__lt=end, cancelled=False
    )
    return list(found.order_by("member_id", "starts_at").prefetch_related("breaks"))


def _same_clock(plan: PlannedShift, by: timedelta, zone: str) -> Span:
    place = ZoneInfo(zone)
    clocks = [moment.astimezone(place).replace(tzinfo=None) + by for moment in (plan.starts_at, plan.ends_at)]
    starts, ends = (instant(wall.date(), wall.hour * 60 + wall.minute, zone) for wall in clocks)
    return starts, ends


def _free(
    people: Iterable[int], wanted: list[tuple[PlannedShift, Span]], at: datetime
) -> list[tuple[PlannedShift, Span]]:
    """Those that begin after now and that no other shift of the member is in the way of."""
    if not wanted:
        return []
    frame = (min(span[0] for _plan, span in wanted), max(span[1] for _plan, span in wanted))
    among = {"member_id__in": list(people), "starts_at__lt": frame[1], "ends_at__gt": frame[0]}
    taken: dict[int, list[Span]] = defaultdict(list)
    for rows in (
        PlannedShift.objects.filter(cancelled=False, **among),
        Shift.objects.filter(planned__isnull=True, **among),
    ):
        for member_id, starts, ends in rows.values_list("member_id", "starts_at", "ends_at"):
            taken[member_id].append((starts, ends))
    return [
        (plan, span)
        for plan, span in wanted
        if at < span[0] < span[1] and not any(overlap(span, other) for other in taken[plan.member_id])
    ]


def _write(free: list[tuple[PlannedShift, Span]], name: str) -> None:
    rows = [
        PlannedShift(
            member_id=plan.member_id, starts_at=span[0], ends_at=span[1], key=f"copy-{name}-{number}"
        )
        for number, (plan, span) in enumerate(free)
    ]
    PlannedShift.objects.bulk_create(rows, batch_size=500)
    ShiftBreak.objects.bulk_create(
        (
            pause_row(row, pause)
            for row, (plan, span) in zip(rows, free, strict=True)
            for pause in shifted(plan, span[0] - plan.starts_at, span)
        ),
        batch_size=500,
    )
    if rows:
        settle(
            {row.member_id for row in rows},
            start=min(row.starts_at for row in rows),
            end=max(row.ends_at for row in rows),
        )
