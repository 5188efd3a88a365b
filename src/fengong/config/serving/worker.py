"""The worker process: lanes of sweeps, the task worker, and a sign of life."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from types import FrameType

from django.db import close_old_connections

from fengong.config.sweeps import ALERT, LANES
from fengong.kernel import clock, heartbeat
from fengong.kernel.jobs.sweeper import Sweeper
from fengong.kernel.jobs.tasks import run_tasks

BEAT_EVERY = 1.0  # seconds
LOOK_EVERY = 0.1
FINISH_WITHIN = 6.0
PRIVATE = {lane for lane, sweeps in LANES.items() if not any(sweep.alone for sweep in sweeps)}
"""Lanes that change only this process: what they are at is lost with it anyway, so nobody waits for it."""

logger = logging.getLogger(__name__)


class Worker:
    """Threads that each do one kind of work; the main thread says that they are alive."""

    def __init__(self) -> None:
        self.name = heartbeat.process_name("worker")
        self._stop = threading.Event()
        self._signalled = False
        self._sweepers = {
            lane: Sweeper(sweeps, holder=self.name, alert=lane in ALERT) for lane, sweeps in LANES.items()
        }

    def run(self) -> int:
        """Work until SIGTERM or SIGINT; returns the exit status, which is 1 when a thread died."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note)
        threads = self._start()
        beaten = 0.0
        while not self._signalled and all(thread.is_alive() for thread in threads):
            if time.monotonic() - beaten >= BEAT_EVERY:
                self._beat()
                beaten = time.monotonic()
            time.sleep(LOOK_EVERY)
        self._stop.set()
        deadline = time.monotonic() + FINISH_WITHIN
        for thread in threads:
            if thread.name not in PRIVATE:
                thread.join(max(0.0, deadline - time.monotonic()))
        self._say_goodbye()
        return 0 if self._signalled else 1

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._signalled = True

    def _start(self) -> list[threading.Thread]:
        work: dict[str, Callable[[], None]] = {
            lane: partial(sweeper.run, self._stop) for lane, sweeper in self._sweepers.items()
        }
        work["tasks"] = partial(run_tasks, name=self.name, stop=self._stop)
        threads = [threading.Thread(target=target, name=name, daemon=True) for name, target in work.items()]
        for thread in threads:
            thread.start()
        return threads

    def _beat(self) -> None:
        """Say that we live, and how far along the spine the matcher has looked."""
        seen = [sweeper.seen for sweeper in self._sweepers.values() if sweeper.seen is not None]
        try:
            close_old_connections()
            heartbeat.beat(name=self.name, at=clock.now(), data={"seen": min(seen, default=0)})
        except Exception:
            logger.exception("The sign of life could not be written; it is tried again")

    def _say_goodbye(self) -> None:
        try:
            heartbeat.end(self.name)
        except Exception:
            logger.exception("The last sign of life could not be taken back; it goes stale by itself")


def main() -> int:
    """Work until told to stop."""
    return Worker().run()
