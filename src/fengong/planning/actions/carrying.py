"""What-ifs are carried out: one at a time, by a worker that signs for being alive, again when it was not."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from fengong.kernel import clock
from fengong.kernel.actor import System
from fengong.planning.actions.comparisons import end_what_if
from fengong.planning.comparison.history import past
from fengong.planning.comparison.study import Refused, Stopped, compare
from fengong.planning.models import Comparison

PLANNER = System("planner")
DEAD_AFTER = timedelta(seconds=30)
"""A worker that has not signed for so long is gone."""
ATTEMPTS = 3
State = Comparison.State

logger = logging.getLogger(__name__)


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
        _fail(row, refused.told)
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
    end_what_if(
        actor=PLANNER, comparison=row, state=State.DONE, at=clock.now(), values={"found": found, "done": 1.0}
    )


def _sign(row: Comparison, stage: str, done: float) -> None:
    """Say how far it has come; raises Stopped when it is not ours any more."""
    ours = Comparison.objects.filter(pk=row.pk, state=State.RUNNING, attempts=row.attempts)
    if not ours.update(alive_at=clock.now(), stage=stage, done=done):
        raise Stopped


def _put_back(row: Comparison) -> None:
    """Try again, a few times."""
    if row.attempts >= ATTEMPTS:
        _fail(row, Refused("broken").told)
    else:
        Comparison.objects.filter(pk=row.pk, state=State.RUNNING).update(state=State.WAITING)


def _fail(row: Comparison, problem: dict[str, str]) -> None:
    end_what_if(
        actor=PLANNER, comparison=row, state=State.FAILED, at=clock.now(), values={"problem": problem}
    )
