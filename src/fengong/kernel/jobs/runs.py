"""Durable work: planned inside the transaction that needs it, tried until it is done or given up.

`plan` stores the work, `wake_due` enqueues a task for what is due, and that task is three lines:

    @task()
    def send(run_id: int) -> None:
        attempt(run_id, deliver, holder=process_name("task"), at=clock.now())

The handler makes its effect and calls `finish` in one transaction of its own; then effect and completion stand or fall
together, and a handler killed at any point, or run twice at once, has its effect exactly once. A handler whose effect
is outside the database must make it idempotent by the run's id, and may leave `finish` to `attempt`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.base import Task

from fengong.kernel.errors import Conflict
from fengong.kernel.models import Run

ATTEMPTS = 8
PATIENCE = timedelta(minutes=5)  # an attempt may take this long before another one is made
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(hours=1)
AT_ONCE = 100

logger = logging.getLogger(__name__)


def plan(*, task: Task[..., Any], payload: dict[str, Any], due_at: datetime, key: str | None = None) -> Run:
    """Store work to be done at a time; work with a key that was planned before is returned as it stands."""
    values = {"task": task.module_path, "payload": payload, "due_at": due_at}
    if key is None:
        return Run.objects.create(**values)
    run, _ = Run.objects.get_or_create(key=key, defaults=values)
    return run


def wake_due(*, at: datetime) -> int:
    """Enqueue a task for every run that is due; returns how many."""
    due = Run.objects.filter(state=Run.State.WAITING, due_at__lte=at).order_by("due_at")
    return sum(_wake(run, at) for run in due[:AT_ONCE])


def _wake(run: Run, at: datetime) -> bool:
    with transaction.atomic():
        still_due = Run.objects.filter(pk=run.pk, state=Run.State.WAITING, due_at__lte=at)
        if not still_due.update(due_at=at + PATIENCE, holder=""):
            return False
        import_string(run.task).enqueue(run.pk)
    return True


def attempt(run_id: int, handler: Callable[[Run], None], *, holder: str, at: datetime) -> bool:
    """Try a run once, unless it is done or in somebody's hands; true when it is done afterwards."""
    free = Run.objects.filter(pk=run_id, state=Run.State.WAITING, holder="")
    if not free.update(holder=holder, due_at=at + PATIENCE):
        return Run.objects.filter(pk=run_id, state=Run.State.DONE).exists()
    run = Run.objects.get(pk=run_id)
    run.attempts += 1
    run.save(update_fields=["attempts"])
    try:
        handler(run)
        if run.state == Run.State.WAITING:
            finish(run, at=at)
    except Exception as error:
        logger.exception("%s failed, attempt %d", run, run.attempts)
        _put_off(run, error, at)
    return run.state == Run.State.DONE


def finish(run: Run, *, at: datetime) -> None:
    """Mark the run done; Conflict, which undoes the caller's transaction, when it is no longer this holder's."""
    ours = Run.objects.filter(pk=run.pk, state=Run.State.WAITING, holder=run.holder)
    if not ours.update(state=Run.State.DONE, finished_at=at, last_error=""):
        raise Conflict(f"{run} was taken over", code="conflict.run_taken_over")
    run.state = Run.State.DONE


def _put_off(run: Run, error: Exception, at: datetime) -> None:
    """Try again after twice as long as last time, or give up."""
    given_up = run.attempts >= ATTEMPTS
    run.state = Run.State.GIVEN_UP if given_up else Run.State.WAITING
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (run.attempts - 1))
    Run.objects.filter(pk=run.pk, state=Run.State.WAITING, holder=run.holder).update(
        state=run.state,
        due_at=at + wait,
        holder="",
        last_error=f"{type(error).__name__}: {error}"[:2000],
        finished_at=at if given_up else None,
    )
