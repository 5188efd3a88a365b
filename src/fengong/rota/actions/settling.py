"""From what is planned to what is worked: approved leave is taken out, and the rows of Shift follow.

Nothing else writes shifts. Callers hold the lock of every member they settle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from fengong.people.models import Member
from fengong.rota.models import Leave, PlannedShift, Shift
from fengong.rota.reading.spans import Span, without

Piece = tuple[int, datetime, datetime]


def lock(member_ids: Iterable[int]) -> set[int]:
    """Hold these members' rosters until the transaction ends; returns those who are there."""
    held = Member.objects.select_for_update(no_key=True).filter(pk__in=set(member_ids)).order_by("pk")
    return set(held.values_list("pk", flat=True))


def planned_over(member_id: int, span: Span) -> QuerySet[PlannedShift]:
    """What is planned for a member in a span, cancelled shifts left out."""
    return PlannedShift.objects.filter(
        member_id=member_id, starts_at__lt=span[1], ends_at__gt=span[0], cancelled=False
    )


def is_taken(member_id: int, span: Span, *, but: int = 0) -> bool:
    """Whether a member has another shift in the span."""
    if planned_over(member_id, span).exclude(pk=but).exists():
        return True
    loose = Shift.objects.filter(member_id=member_id, planned__isnull=True)
    return loose.filter(starts_at__lt=span[1], ends_at__gt=span[0]).exists()


def settle(member_ids: Iterable[int], *, start: datetime, end: datetime) -> bool:
    """Make the shifts of these members follow their plans and leave in a span; returns whether any changed."""
    members = list(member_ids)
    plans = list(
        PlannedShift.objects.filter(member_id__in=members, starts_at__lt=end, ends_at__gt=start).order_by(
            "pk"
        )
    )
    away = _away(members, plans)
    owners = {plan.pk: plan.member_id for plan in plans}
    wanted: set[Piece] = {
        (plan.pk, *piece)
        for plan in plans
        if not plan.cancelled
        for piece in without((plan.starts_at, plan.ends_at), away[plan.member_id])
    }
    held = {(row.planned_id, row.starts_at, row.ends_at): row for row in _pieces(owners)}
    spare, missing = set(held) - wanted, wanted - set(held)
    kept = _stretched([held[piece] for piece in spare], missing)
    Shift.objects.filter(pk__in=[held[piece].pk for piece in spare if held[piece].pk not in kept]).delete()
    Shift.objects.bulk_update(kept.values(), ["ends_at"], batch_size=100)
    Shift.objects.bulk_create(
        (
            Shift(member_id=owners[plan], starts_at=begins, ends_at=ends, planned_id=plan)
            for plan, begins, ends in sorted(missing)
        ),
        batch_size=500,
    )
    return bool(spare or missing or kept)


def _stretched(spare: list[Shift], missing: set[Piece]) -> dict[int, Shift]:
    """Shifts that only end at another time keep their ids; what they stand for is no longer missing."""
    ends = {(plan, begins): ends for plan, begins, ends in missing}
    kept = {}
    for row in spare:
        end = ends.get((row.planned_id or 0, row.starts_at))
        if end is not None:
            missing.discard((row.planned_id or 0, row.starts_at, end))
            row.ends_at = end
            kept[row.pk] = row
    return kept


def _pieces(plans: Iterable[int]) -> QuerySet[Shift]:
    return Shift.objects.filter(planned_id__in=list(plans))


def _away(members: list[int], plans: list[PlannedShift]) -> dict[int, list[Span]]:
    """Approved leave of these members over what is planned, by member."""
    found: dict[int, list[Span]] = defaultdict(list)
    if not plans:
        return found
    start, end = min(plan.starts_at for plan in plans), max(plan.ends_at for plan in plans)
    leaves = Leave.objects.filter(
        member_id__in=members, state=Leave.State.APPROVED, starts_at__lt=end, ends_at__gt=start
    )
    for member_id, begins, ends in leaves.values_list("member_id", "starts_at", "ends_at"):
        found[member_id].append((begins, ends))
    return found
