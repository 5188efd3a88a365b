"""Verbs on what-ifs: ask, stop and end. Carrying them out is apart, for it loads what calculates (`carrying`)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.planning.events import ComparisonAsked, ComparisonEnded
from fengong.planning.models import Comparison
from fengong.planning.policies import require_planner

MOST_SEEDS = 100
LONGEST = timedelta(days=92)
State = Comparison.State


def ask_what_if(
    *,
    actor: Actor,
    member: Member | None,
    before: dict[str, Any],
    after: dict[str, Any],
    first: datetime,
    last: datetime,
    at: datetime,
    numbers: tuple[int | None, int | None] = (None, None),
    seeds: int = 20,
) -> Comparison:
    """Plan to run two sets of rules over a stretch of the past; a worker takes it up within a second."""
    require_planner(actor)
    if not first < last <= at or last - first > LONGEST:
        raise Invalid(_("Choose a stretch of the past of at most three months."), field="first")
    if not 2 <= seeds <= MOST_SEEDS:
        raise Invalid(_("Between 2 and 100 runs of each side."), field="seeds")
    with transaction.atomic():
        row = Comparison.objects.create(
            before=before,
            after=after,
            before_number=numbers[0],
            after_number=numbers[1],
            first=first,
            last=last,
            seeds=seeds,
            member=member,
            asked_at=at,
        )
        fact = ComparisonAsked(comparison=row.pk, before=row.before_number, after=row.after_number)
        record(fact, actor=actor, at=at)
    return row


def stop_what_if(*, actor: Actor, comparison: Comparison, at: datetime) -> Comparison:
    """Give a what-if up; Conflict when it is over already."""
    require_planner(actor)
    if not end_what_if(actor=actor, comparison=comparison, state=State.STOPPED, at=at):
        raise Conflict(_("It is over already."))
    comparison.refresh_from_db()
    return comparison


def end_what_if(
    *, actor: Actor, comparison: Comparison, state: str, at: datetime, values: dict[str, Any] | None = None
) -> bool:
    """End one that waits or runs, with what it found or why it failed; false when it is over already."""
    with transaction.atomic():
        ours = Comparison.objects.filter(pk=comparison.pk, state__in=(State.WAITING, State.RUNNING))
        if not ours.update(state=state, finished_at=at, **(values or {})):
            return False
        record(ComparisonEnded(comparison=comparison.pk, state=state), actor=actor, at=at)
    return True
