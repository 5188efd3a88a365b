"""The task worker and the reaper of what dead workers left."""

from __future__ import annotations

import threading

import pytest
from django_tasks_db.models import DBTaskResult

from fengong.kernel.clock import now
from fengong.kernel.heartbeat import beat
from fengong.kernel.jobs.reaper import TRIES, reap
from fengong.kernel.jobs.tasks import run_tasks
from tests.kernel.slow_work import breaks, plain
from tests.serving import wait_for


def statuses() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


@pytest.mark.django_db(transaction=True)
def test_tasks_run_in_turn_until_told_to_stop() -> None:
    plain.enqueue(1)
    breaks.enqueue()
    plain.enqueue(3)
    stop = threading.Event()
    thread = threading.Thread(target=run_tasks, kwargs={"name": "worker:me", "stop": stop})
    thread.start()
    try:
        wait_for(lambda: statuses() == ["FAILED", "SUCCESSFUL", "SUCCESSFUL"])
    finally:
        stop.set()
        thread.join(5)
    assert not thread.is_alive()
    assert set(DBTaskResult.objects.successful().values_list("return_value", flat=True)) == {2, 6}


@pytest.mark.django_db
def test_a_task_of_a_dead_worker_is_ready_again_and_one_of_a_living_is_not() -> None:
    beat(name="worker:alive", at=now())
    for worker in ("worker:dead", "worker:alive"):
        plain.enqueue(1)
        DBTaskResult.objects.ready().get().claim(worker)
    assert reap(at=now()) == 1
    assert {task.worker_ids[-1]: task.status for task in DBTaskResult.objects.all()} == {
        "worker:dead": "READY",
        "worker:alive": "RUNNING",
    }


@pytest.mark.django_db
def test_a_task_that_kills_every_worker_fails_at_last() -> None:
    plain.enqueue(1)
    for number in range(TRIES):
        DBTaskResult.objects.ready().get().claim(f"worker:{number}")
        reap(at=now())
    assert statuses() == ["FAILED"]
