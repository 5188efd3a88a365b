"""Durable work: planned once, woken when due, tried again later, done once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from fengong.kernel.errors import Conflict
from fengong.kernel.jobs.reaper import reap
from fengong.kernel.jobs.runs import ATTEMPTS, PATIENCE, attempt, finish, plan, wake_due
from fengong.kernel.models import Heartbeat, Run
from tests.kernel.slow_work import define_topic
from tests.world import NOW

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def planned(**more: object) -> Run:
    given = {"task": define_topic, "payload": {"topic": 1}, "due_at": NOW} | more
    return plan(**given)


def read(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def fail(run: Run) -> None:
    raise OSError("the other side does not answer")


def test_work_is_woken_when_it_is_due_and_not_twice() -> None:
    run = planned(due_at=NOW + SECOND)
    assert wake_due(at=NOW) == 0
    assert wake_due(at=NOW + SECOND) == 1
    assert wake_due(at=NOW + 2 * SECOND) == 0
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[run.pk]]


def test_a_wake_up_that_got_lost_comes_again() -> None:
    planned()
    wake_due(at=NOW)
    DBTaskResult.objects.all().delete()
    assert wake_due(at=NOW + PATIENCE) == 1


def test_a_key_plans_once() -> None:
    assert planned(key="welcome:7") == planned(key="welcome:7")
    assert planned() != planned()


def test_work_planned_in_a_transaction_that_fails_was_never_planned() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        planned()
        raise ZeroDivisionError
    assert not Run.objects.exists()


def test_done_work_is_not_done_again() -> None:
    run, seen = planned(), []
    assert attempt(run.pk, seen.append, holder="worker:a", at=NOW)
    assert attempt(run.pk, seen.append, holder="worker:b", at=NOW)
    assert len(seen) == 1
    assert (read(run).state, read(run).attempts, read(run).finished_at) == (Run.State.DONE, 1, NOW)


def test_work_in_somebodys_hands_is_left_alone() -> None:
    run = planned()
    Run.objects.update(holder="worker:a")
    assert not attempt(run.pk, fail, holder="worker:b", at=NOW)
    assert read(run).attempts == 0


def test_failed_work_is_tried_again_after_twice_the_wait_and_at_last_given_up() -> None:
    run, waits = planned(), []
    for _ in range(ATTEMPTS):
        assert not attempt(run.pk, fail, holder="worker:a", at=NOW)
        waits.append((read(run).due_at - NOW).total_seconds())
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
    assert read(run).state == Run.State.GIVEN_UP
    assert "does not answer" in read(run).last_error
    assert wake_due(at=NOW + timedelta(days=1)) == 0


def test_an_effect_and_its_completion_stand_or_fall_together() -> None:
    run = planned()

    def slow(held: Run) -> None:
        Run.objects.filter(pk=run.pk).update(holder="worker:b")  # meanwhile somebody else was given it
        with transaction.atomic():
            planned(key="effect")
            finish(held, at=NOW)

    assert not attempt(run.pk, slow, holder="worker:a", at=NOW)
    assert not Run.objects.filter(key="effect").exists()
    assert (read(run).holder, read(run).state) == ("worker:b", Run.State.WAITING)
    with pytest.raises(Conflict):
        finish(run, at=NOW)


def test_the_reaper_frees_what_the_silent_hold_and_nothing_else() -> None:
    held, lost = planned(), planned()
    Run.objects.filter(pk=held.pk).update(holder="worker:alive", due_at=NOW + PATIENCE)
    Run.objects.filter(pk=lost.pk).update(holder="worker:dead", due_at=NOW + PATIENCE)
    Heartbeat.objects.create(name="worker:alive", at=NOW - SECOND)
    Heartbeat.objects.create(name="worker:dead", at=NOW - 11 * SECOND)
    assert reap(at=NOW) == 1
    assert (read(held).holder, read(lost).holder, read(lost).due_at) == ("worker:alive", "", NOW)


def test_work_that_kills_each_worker_is_given_up() -> None:
    run = planned()
    Run.objects.update(holder="worker:dead", attempts=ATTEMPTS)
    reap(at=NOW)
    assert read(run).state == Run.State.GIVEN_UP
