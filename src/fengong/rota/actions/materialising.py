"""From patterns to shifts, some weeks ahead.

Any number of runs write the same: a shift of a pattern is known by its day and its place in it. What was changed by
hand, what has begun, and what somebody planned by hand in that time stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from fengong.kernel.actor import SYSTEM, Actor
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require
from fengong.rota.actions.pausing import pause_row, pauses
from fengong.rota.actions.settling import lock, settle
from fengong.rota.events import ShiftsMaterialised
from fengong.rota.models import Pattern, PlannedShift, Shift, ShiftBreak
from fengong.rota.reading.expected import Expected, expected
from fengong.rota.reading.spans import Span, overlap

HORIZON = timedelta(weeks=8)
AGAIN = timedelta(hours=1)
"""How soon a pattern is looked at again when nobody touched it: people change teams, and days come up."""
AT_ONCE = 20
EDGE = timedelta(days=2)


@dataclass
class Written:
    """What a run wrote, in numbers of shifts."""

    members: int = 0
    added: int = 0
    moved: int = 0
    removed: int = 0


@dataclass
class _Difference:
    """What is to be written for some members."""

    added: list[Expected] = field(default_factory=list)
    moved: list[tuple[PlannedShift, Expected]] = field(default_factory=list)
    removed: list[PlannedShift] = field(default_factory=list)

    @property
    def members(self) -> set[int]:
        rows = [*self.removed, *(row for row, _one in self.moved)]
        return {one.member_id for one in self.added} | {row.member_id for row in rows}


def materialise(*, at: datetime, actor: Actor = SYSTEM, horizon: timedelta = HORIZON) -> Written:
    """Write the shifts of all patterns that are due; returns what changed."""
    require(actor, "shift.plan")
    due = dict(Pattern.objects.filter(due_at__lte=at).values_list("pk", "due_at"))
    if not due:
        return Written()
    total = Written()
    members = sorted(_members_of(list(due), at))
    for first in range(0, len(members), AT_ONCE):
        some = _write(actor, members[first : first + AT_ONCE], at, horizon)
        total.members += some.members
        total.added += some.added
        total.moved += some.moved
        total.removed += some.removed
    for was in set(due.values()):
        seen = [pk for pk, due_at in due.items() if due_at == was]
        Pattern.objects.filter(pk__in=seen, due_at=was).update(due_at=at + AGAIN)
    return total


def _members_of(patterns: list[int], at: datetime) -> set[int]:
    """Whom these patterns concern: theirs, their teams', and those who still have shifts from them."""
    own = Pattern.objects.filter(pk__in=patterns)
    teams, alone = own.filter(team__isnull=False), own.filter(member__isnull=False)
    found = Member.objects.filter(
        Q(team__in=teams.values("team")) | Q(pk__in=alone.values("member"))
    ).values_list("pk", flat=True)
    written = PlannedShift.objects.filter(pattern__in=patterns, starts_at__gt=at)
    return {*found, *written.values_list("member_id", flat=True).distinct()}


def _write(actor: Actor, members: Sequence[int], at: datetime, horizon: timedelta) -> Written:
    """Bring some members' shifts into line with their patterns, in one transaction."""
    end = at + horizon
    with transaction.atomic():
        lock(members)
        found = _difference(members, at, end)
        if not found.members:
            return Written()
        starts = [one.starts_at for one in found.added] + [row.starts_at for row, _one in found.moved]
        PlannedShift.objects.filter(pk__in=[row.pk for row in found.removed]).delete()
        _move(found.moved)
        _add(found.added)
        settle(found.members, start=min([at, *starts]), end=end + EDGE)
        numbers = {
            "members": len(found.members),
            "added": len(found.added),
            "moved": len(found.moved),
            "removed": len(found.removed),
        }
        record(ShiftsMaterialised(**numbers), actor=actor, at=at)
    return Written(**numbers)


def _difference(members: Sequence[int], at: datetime, end: datetime) -> _Difference:
    """What patterns want against what is written."""
    wanted = {one.key: one for one in expected(members, at, end)}
    rows = PlannedShift.objects.filter(member_id__in=members, ends_at__gt=at, starts_at__lt=end + EDGE)
    found, fixed = _Difference(), _loose(members, at, end)
    free: dict[object, PlannedShift] = {}
    for row in rows.prefetch_related("breaks"):
        key = (row.pattern_id or 0, row.member_id, row.day, row.slot)
        if row.pattern_id and not row.changed and row.starts_at > at:
            free[key] = row
            continue
        wanted.pop(key, None)
        if not row.cancelled:
            fixed.setdefault(row.member_id, []).append((row.starts_at, row.ends_at))
    for key, one in sorted(wanted.items(), key=lambda pair: (pair[1].starts_at, pair[1].pattern_id)):
        taken = fixed.setdefault(one.member_id, [])
        if any(overlap((one.starts_at, one.ends_at), span) for span in taken):
            continue
        taken.append((one.starts_at, one.ends_at))
        held = free.pop(key, None)
        if held is None:
            found.added.append(one)
        elif (held.starts_at, held.ends_at, pauses(held)) != (one.starts_at, one.ends_at, list(one.pauses)):
            found.moved.append((held, one))
    found.removed = [row for row in free.values() if row.starts_at < end]
    return found


def _loose(members: Sequence[int], at: datetime, end: datetime) -> dict[int, list[Span]]:
    """Shifts that were written without a plan, by member."""
    found: dict[int, list[Span]] = {}
    rows = Shift.objects.filter(
        member_id__in=members, planned__isnull=True, ends_at__gt=at, starts_at__lt=end + EDGE
    )
    for member_id, begins, ends in rows.values_list("member_id", "starts_at", "ends_at"):
        found.setdefault(member_id, []).append((begins, ends))
    return found


def _move(moved: list[tuple[PlannedShift, Expected]]) -> None:
    for row, one in moved:
        row.starts_at, row.ends_at = one.starts_at, one.ends_at
    rows = [row for row, _one in moved]
    PlannedShift.objects.bulk_update(rows, ["starts_at", "ends_at"], batch_size=100)
    ShiftBreak.objects.filter(planned__in=rows).delete()
    _write_pauses(moved)


def _add(added: list[Expected]) -> None:
    rows = PlannedShift.objects.bulk_create(
        (
            PlannedShift(
                member_id=one.member_id,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                source=PlannedShift.Source.PATTERN,
                pattern_id=one.pattern_id,
                day=one.day,
                slot=one.slot,
            )
            for one in added
        ),
        batch_size=500,
    )
    _write_pauses(list(zip(rows, added, strict=True)))


def _write_pauses(rows: list[tuple[PlannedShift, Expected]]) -> None:
    ShiftBreak.objects.bulk_create(
        (pause_row(row, pause) for row, one in rows for pause in one.pauses), batch_size=500
    )
