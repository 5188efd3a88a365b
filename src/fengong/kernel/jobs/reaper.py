"""Taking back what a killed worker held, so that it is done by a living one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fengong.kernel import heartbeat
from fengong.kernel.jobs.runs import ATTEMPTS
from fengong.kernel.models import Run

TRIES = 5  # a task that took this many workers down with it is not given to another


def reap(*, at: datetime) -> int:
    """Free runs and tasks whose worker has fallen silent; returns how many."""
    living = set(heartbeat.living(at=at).values_list("name", flat=True))
    return _free_runs(living, at) + _return_tasks(living, at)


def _free_runs(living: set[str], at: datetime) -> int:
    held = Run.objects.filter(state=Run.State.WAITING).exclude(holder="")
    lost = held.exclude(holder__in=living)
    deadly = lost.filter(attempts__gte=ATTEMPTS)
    given_up = deadly.update(
        state=Run.State.GIVEN_UP, finished_at=at, last_error="The worker died every time."
    )
    return given_up + lost.update(holder="", due_at=at)


def _return_tasks(living: set[str], at: datetime) -> int:
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    lost = [task for task in running if not set(task.worker_ids[-1:]) & living]
    for task in lost:
        _return_task(task, at)
    return len(lost)


def _return_task(task: DBTaskResult[Any, Any], at: datetime) -> None:
    still_running = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING)
    if len(task.worker_ids) < TRIES:
        still_running.update(status=TaskResultStatus.READY, started_at=None)
    else:
        still_running.update(
            status=TaskResultStatus.FAILED,
            finished_at=at,
            exception_class_path="fengong.kernel.jobs.reaper.WorkerLost",
        )


class WorkerLost(Exception):
    """The worker died with this task in hand, again and again."""
