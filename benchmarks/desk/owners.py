"""Whether tickets that come in by themselves find their owners, each chosen from all members, and how soon.

Seen from outside: five times a second somebody asks for the decisions that are new, so that a wait lasts until the
owner is there for all to see.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import psycopg

LOOK_EVERY = 0.2
SOON = 2.0
"""Seconds after the last ticket of a turn by which each should have its owner."""
PAUSE = 1.0
"""Seconds without a new ticket that part one turn from the next."""

Floats = np.ndarray[Any, np.dtype[np.float64]]


class Owners:
    """When each ticket above a number was opened, and when its first owner was seen, in seconds since 1970."""

    def __init__(self, url: str, above: int) -> None:
        self._tickets = psycopg.connect(url, autocommit=True)
        self._decisions = psycopg.connect(url, autocommit=True)
        self._seen: dict[int, float] = {}
        self._above, self._last = above, 0

    def watch(self, stop: threading.Event) -> None:
        """Look for decisions until told to stop."""
        while not stop.wait(LOOK_EVERY):
            asked = "SELECT id, ticket_id FROM dispatch_decision WHERE id > %s ORDER BY id"
            rows, moment = self._decisions.execute(asked, (self._last,)).fetchall(), time.time()
            for self._last, ticket in rows:
                self._seen.setdefault(ticket, moment)

    def waits(self) -> tuple[float, float, float]:
        """Of all tickets after the first turn, which warms up: how many in 100 had an owner soon after their turn; p50
        and p95 of the seconds from opening to owner. One that has none yet waits until now.
        """
        opened, owned = self._moments()
        ends = np.append(opened[:-1][np.diff(opened) > PAUSE], opened[-1])
        if len(ends) > 1:
            opened, owned = opened[opened > ends[0]], owned[opened > ends[0]]
        end = ends[np.searchsorted(ends, opened)]
        waited = owned - opened
        return (
            float(100 * np.mean(owned <= end + SOON)),
            float(np.percentile(waited, 50)),
            float(np.percentile(waited, 95)),
        )

    def settle(self, *, within: float) -> tuple[int, int]:
        """Wait until no ticket waits for its first owner, so long at most; how many have one, how many there are."""
        deadline = time.time() + within
        while (found := self._count())[0] < found[1] and time.time() < deadline:
            time.sleep(LOOK_EVERY)
        return found

    def _count(self) -> tuple[int, int]:
        asked = "SELECT count(*) FROM desk_ticket WHERE id > %s"
        row = self._tickets.execute(asked, (self._above,)).fetchone()
        fresh = row[0] if row else 0
        return sum(ticket > self._above for ticket in tuple(self._seen)), fresh

    def _moments(self) -> tuple[Floats, Floats]:
        asked = "SELECT id, extract(epoch FROM opened_at) FROM desk_ticket WHERE id > %s ORDER BY opened_at"
        rows, now = self._tickets.execute(asked, (self._above,)).fetchall(), time.time()
        opened = np.array([float(moment) for _, moment in rows])
        return opened, np.array([self._seen.get(ticket, now) for ticket, _ in rows])


@contextmanager
def owners(url: str, *, above: int) -> Iterator[Owners]:
    """Somebody who looks as long as it lasts."""
    watched, stop = Owners(url, above), threading.Event()
    thread = threading.Thread(target=watched.watch, args=(stop,))
    thread.start()
    try:
        yield watched
    finally:
        stop.set()
        thread.join()
