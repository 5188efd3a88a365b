"""Finding what is due: each sweep is a function of the time that looks into tables and does what it finds due.

A sweep runs every so often, and at once when a fact it waits for appears on the spine; then it rests for as long as it
took, so that a stream of facts cannot keep it busy without end. One process at a time runs it, by a lease. A sweep that
fails is tried again after a growing wait; what it left undone still stands in its table.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.module_loading import import_string

from fengong.kernel import clock, lease
from fengong.kernel.line import Line
from fengong.kernel.tail import Tail

LEASE_SECONDS, ALERT_LEASE_SECONDS = 3.0, 1.0
"""After a worker was killed the next one begins no later than after one and a half times as long."""
LONGEST_WAIT = 60.0
ALERT_TICK = 0.03  # seconds between looks at the spine; the greatest part of the delay from fact to sweep
CALM_TICK = 0.2  # for what may come a moment later: each look at the spine is a query, day and night

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """One recurring look: what to call with `at=`, how often in seconds, and which verbs or nouns call it at once.

    One that is not `alone` needs no lease: each worker runs it, because it changes only the process it runs in.
    """

    name: str
    run: str
    every: float
    wakes_on: tuple[str, ...] = ()
    alone: bool = True

    def hears(self, verb: str) -> bool:
        """Whether a fact with this verb makes the sweep due at once."""
        return verb in self.wakes_on or verb.partition(".")[0] in self.wakes_on


class Sweeper:
    """Runs some sweeps in turn, in one thread. One that is `alert` hears of facts at once, others in a moment."""

    def __init__(self, sweeps: Sequence[Sweep], *, holder: str, alert: bool = False) -> None:
        self._tick = ALERT_TICK if alert else CALM_TICK
        self._lease = ALERT_LEASE_SECONDS if alert else LEASE_SECONDS
        self._sweeps = sweeps
        self._holder = holder
        self._tail = Tail() if any(sweep.wakes_on for sweep in sweeps) else None
        self._due: dict[str, datetime] = {}
        self._failures: dict[str, int] = {}
        self._rests_until: dict[str, datetime] = {}
        self._leased_until: dict[str, datetime] = {}
        self._ask_again: dict[str, datetime] = {}

    @property
    def seen(self) -> int | None:
        """The last number on the spine this sweeper has looked at; None when it does not follow the spine."""
        return self._tail.head if self._tail else None

    def run(self, stop: threading.Event) -> None:
        """Sweep until told to stop; the sweep under way is finished first."""
        started, line = False, Line()
        while not stop.wait(self._tick):
            try:
                line.look_after()
                if self._tail and not started:
                    self._tail.start(at=clock.now())
                started = True
                self.tick(at=clock.now())
            except Exception:
                logger.exception("The sweeper cannot reach its tables; it goes on trying")
                stop.wait(1.0)
        self._hand_over()
        connection.close()

    def tick(self, *, at: datetime) -> None:
        """Run what is due now."""
        self._hear(at)
        for sweep in self._sweeps:
            if self._due.get(sweep.name, at) <= at and self._leased(sweep, at):
                self._sweep(sweep, at)

    def _hear(self, at: datetime) -> None:
        """Make the sweeps due that new facts call for, but for those that wait after a failure."""
        verbs = self._tail.poll_verbs() if self._tail else set()
        for sweep in self._sweeps:
            if not self._failures.get(sweep.name) and any(sweep.hears(verb) for verb in verbs):
                self._due[sweep.name] = max(at, self._rests_until.get(sweep.name, at))

    def _leased(self, sweep: Sweep, at: datetime) -> bool:
        """Hold the sweep's lease, asking the database twice in its span whether we get or keep it."""
        if not sweep.alone:
            return True
        if at >= self._ask_again.get(sweep.name, at):
            self._ask_again[sweep.name] = at + timedelta(seconds=self._lease / 2)
            if lease.acquire(name=f"sweep:{sweep.name}", holder=self._holder, at=at, seconds=self._lease):
                self._leased_until[sweep.name] = at + timedelta(seconds=self._lease)
        return at < self._leased_until.get(sweep.name, at)

    def _sweep(self, sweep: Sweep, at: datetime) -> None:
        started = time.monotonic()
        try:
            function: Callable[..., object] = import_string(sweep.run)
            function(at=at)
            self._failures.pop(sweep.name, None)
        except Exception:
            self._failures[sweep.name] = self._failures.get(sweep.name, 0) + 1
            logger.exception("Sweep %s failed, %d times now", sweep.name, self._failures[sweep.name])
        self._rests_until[sweep.name] = at + 2 * timedelta(seconds=time.monotonic() - started)
        wait = sweep.every * 2 ** min(self._failures.get(sweep.name, 0), 10)
        self._due[sweep.name] = at + timedelta(seconds=min(wait, max(LONGEST_WAIT, sweep.every)))

    def _hand_over(self) -> None:
        """Give the leases back, so that the next worker starts at once."""
        try:
            for name in self._leased_until:
                lease.release(name=f"sweep:{name}", holder=self._holder)
        except Exception:
            logger.exception("Leases were not given back; they run out by themselves")
