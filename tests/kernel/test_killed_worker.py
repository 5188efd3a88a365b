"""A worker killed without warning in the middle of durable work."""

from __future__ import annotations

import contextlib
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fengong.kernel.clock import now
from fengong.kernel.heartbeat import SILENT_AFTER
from fengong.kernel.jobs.runs import plan
from fengong.kernel.models import Event, Heartbeat, Run
from tests.kernel.slow_work import PAUSE, define_topic
from tests.serving import CHILD, environment, wait_for

KILLS = 4
WORKS = 6


@contextlib.contextmanager
def worker(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process on the test's database."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*CHILD, "fengong.config.serving.worker"], env=environment(), stderr=output
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)


def held() -> bool:
    return Run.objects.filter(state=Run.State.WAITING).exclude(holder="").exists()


def effects() -> list[int]:
    return sorted(event.data["topic"] for event in Event.objects.filter(verb="topic.defined"))


@pytest.mark.django_db(transaction=True)
def test_each_effect_happens_exactly_once(tmp_path: Path) -> None:
    dice = random.Random(7)
    for number in range(WORKS):
        plan(task=define_topic, payload={"topic": number}, due_at=now())
    for _ in range(KILLS):
        with worker(tmp_path / "log") as process:
            wait_for(held)
            time.sleep(dice.uniform(0, 3 * PAUSE))
            process.send_signal(signal.SIGKILL)
        # Nobody waits ten seconds here: the dead one was last heard of that long ago.
        Heartbeat.objects.update(at=now() - SILENT_AFTER - timedelta(seconds=1))
    with worker(tmp_path / "log"):
        wait_for(lambda: not Run.objects.filter(state=Run.State.WAITING).exists(), seconds=60)
    assert effects() == list(range(WORKS))
    assert set(Run.objects.values_list("state", flat=True)) == {Run.State.DONE}
    assert sum(Run.objects.values_list("attempts", flat=True)) > WORKS
