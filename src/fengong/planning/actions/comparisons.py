"""Verbs on what-ifs: ask, stop, and carry out."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from fengong.kernel import clock
from fengong.kernel.actor import Actor, System
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.planning.comparison.history import past
from fengong.planning.comparison.study import Refused, Stopped, compare
from fengong.planning.events import ComparisonAsked, ComparisonEnded
from fengong.planning.models import Comparison
from fengong.planning.policies import require_planner

PLANNER = System("planner")
DEAD_AFTER = timedelta(seconds=30)
"""A worker that has not signed for so long is gone."""
ATTEMPTS = 3
MOST_SEEDS = 100
LONGEST = timedelta(days=92)
State = Comparison.State

logger = logging.getLogger(__name__)


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
    if not _end(comparison, State.STOPPED, at, actor):
        raise Conflict(_("It is over already."))
    comparison.refresh_from_db()
    return comparison


def carry_out_next(*, at: datetime) -> int:
    """Carry out the oldest what-if that nobody works on; returns how many were."""
    row = _take(at)
    if row is None:
        return 0
    try:
        _run(row)
    except Stopped:
        logger.info("What-if %s was stopped", row.pk)
    except Refused as refused:
        _end(row, State.FAILED, clock.now(), PLANNER, problem=refused.told)
    except Exception:
        logger.exception("What-if %s failed", row.pk)
        _put_back(row)
    return 1


def _take(at: datetime) -> Comparison | None:
    free = Q(state=State.WAITING) | Q(state=State.RUNNING, alive_at__lt=at - DEAD_AFTER)
    row = Comparison.objects.filter(free).order_by("asked_at").first()
    if row is None:
        return None
    taken = Comparison.objects.filter(free, pk=row.pk, attempts=row.attempts).update(
        state=State.RUNNING, alive_at=at, attempts=row.attempts + 1, done=0.0, stage=Comparison.Stage.READ
    )
    row.attempts += 1
    return row if taken else None


def _run(row: Comparison) -> None:
    found = compare(
        past(first=row.first, last=row.last),
        row.before,
        row.after,
        seeds=row.seeds,
        tell=lambda stage, done: _sign(row, stage, done),
    )
    _end(row, State.DONE, clock.now(), PLANNER, found=found, done=1.0)


def _sign(row: Comparison, stage: str, done: float) -> None:
    """Say how far it has come; raises Stopped when it is not ours any more."""
    ours = Comparison.objects.filter(pk=row.pk, state=State.RUNNING, attempts=row.attempts)
    if not ours.update(alive_at=clock.now(), stage=stage, done=done):
        raise Stopped


def _put_back(row: Comparison) -> None:
    """Try again, a few times."""
    if row.attempts >= ATTEMPTS:
        _end(row, State.FAILED, clock.now(), PLANNER, problem=Refused("broken").told)
    else:
        Comparison.objects.filter(pk=row.pk, state=State.RUNNING).update(state=State.WAITING)


def _end(row: Comparison, state: str, at: datetime, actor: Actor, **values: Any) -> bool:
    with transaction.atomic():
        ours = Comparison.objects.filter(pk=row.pk, state__in=(State.WAITING, State.RUNNING))
        if not ours.update(state=state, finished_at=at, **values):
            return False
        record(ComparisonEnded(comparison=row.pk, state=state), actor=actor, at=at)
    return True
