"""Durable work for tests, slow enough to be killed in the middle."""

from __future__ import annotations

import time

from django.db import transaction
from django_tasks import task

from fengong.kernel import clock
from fengong.kernel.actor import SYSTEM
from fengong.kernel.heartbeat import process_name
from fengong.kernel.jobs.runs import attempt, finish
from fengong.kernel.models import Run
from fengong.kernel.spine import record
from fengong.people.events import TopicDefined

PAUSE = 0.15  # seconds before, between and after the two halves of the work


@task()
def define_topic(run_id: int) -> None:
    attempt(run_id, _define_topic, holder=process_name("worker"), at=clock.now())


@task()
def plain(number: int) -> int:
    return number * 2


@task()
def breaks() -> None:
    raise ValueError("not today")


def _define_topic(run: Run) -> None:
    time.sleep(PAUSE)
    with transaction.atomic():
        record(TopicDefined(topic=run.payload["topic"]), actor=SYSTEM, at=clock.now())
        time.sleep(PAUSE)
        finish(run, at=clock.now())
    time.sleep(PAUSE)
