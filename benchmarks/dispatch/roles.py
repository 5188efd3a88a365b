"""What the processes of the benchmark do.

`seed` builds the desk, `write` opens tickets by the verb, `match` runs the product's own matcher lane until it is told
to stop and nothing waits, `bare` measures what the database does with one insert and one update a ticket.
"""

from __future__ import annotations

import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection

from benchmarks.dispatch.meter import Meter
from benchmarks.dispatch.stage import build
from fengong.config.sweeps import LANES
from fengong.customers.models import Contact
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.models import Ticket
from fengong.dispatch import bridge
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER, SYSTEM
from fengong.kernel.clock import now
from fengong.kernel.jobs.sweeper import Sweeper
from fengong.people.models import Topic

DRAIN = 30.0  # seconds the matcher may take to empty the queue at the end


def write(*, seconds: float, rate: float | None, seed: int) -> dict[str, Any]:
    """Open graded tickets, as fast as it goes or at random moments, `rate` a second on average."""
    dice, meter = random.Random(seed), Meter()
    meter.attach()
    topics, customers = list(Topic.objects.all()), list(Contact.objects.all())
    opened: list[tuple[int, float]] = []
    begun = due = time.time()
    slept, cpu = 0.0, time.process_time()
    while (moment := time.time()) - begun < seconds:
        if rate and due > moment:
            time.sleep(due - moment)
            slept += due - moment
        due += dice.expovariate(rate) if rate else 0.0
        ticket = open_ticket(
            actor=SYSTEM,
            customer=dice.choice(customers),
            subject="Cannot sign in since this morning",
            body="The page says that my password has expired.",
            topic=dice.choice(topics),
            difficulty=dice.choices((1, 2, 3), (6, 3, 1))[0],
            priority=dice.choices((1, 2, 3, 4), (2, 5, 2, 1))[0],
            at=now(),
        )
        opened.append((ticket.pk, time.time()))
    busy = time.time() - begun - slept
    return {
        "opened": opened,
        "begun": begun,
        "busy": busy,
        "database": meter.seconds,
        "cpu": time.process_time() - cpu,
    }


@dataclass
class Matcher:
    """A stop-watch on the product's matcher lane; `rounds` counts those that gave something to somebody."""

    meter: Meter = field(default_factory=Meter)
    decided: list[tuple[int, float]] = field(default_factory=list)
    rounds: int = 0
    busy: float = 0.0
    database: float = 0.0
    engine: float = 0.0
    statements: int = 0

    def round(self, *, at: datetime) -> None:
        """One round; what it gave counts as decided when the whole round is over."""
        begun, before, asked = time.perf_counter(), self.meter.seconds, self.meter.statements
        found = match_waiting(actor=MATCHER, at=at)
        moment = time.time()
        if not found:
            return
        self.decided += [(decision.ticket_id, moment) for decision in found]
        self.rounds += 1
        self.busy += time.perf_counter() - begun
        self.database += self.meter.seconds - before
        self.statements += self.meter.statements - asked

    def time_engine(self, decide: Callable[..., Any]) -> Callable[..., Any]:
        """The same calculation, timed."""

        def timed(*given: Any, **named: Any) -> Any:
            begun = time.perf_counter()
            try:
                return decide(*given, **named)
            finally:
                self.engine += time.perf_counter() - begun

        return timed


AT_WORK = Matcher()


def timed_round(*, at: datetime) -> None:
    """What the lane calls instead of the product's own round."""
    AT_WORK.round(at=at)


def match() -> dict[str, Any]:
    """Match until SIGTERM, then empty the queue. Says `ready` when it listens."""
    told, stop, matcher = threading.Event(), threading.Event(), AT_WORK
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    bridge.decide = matcher.time_engine(bridge.decide)
    bridge.warm_up()  # what a worker does first, and what takes a second, is no part of any ticket's way
    timed = "benchmarks.dispatch.roles.timed_round"
    lane = [replace(sweep, run=timed) for sweep in LANES["matcher"] if sweep.name == "match"]
    thread = threading.Thread(target=_sweep, args=(Sweeper(lane, holder="benchmark"), stop))
    thread.start()
    cpu = time.process_time()
    print("ready", flush=True)
    told.wait()
    deadline = time.monotonic() + DRAIN
    while Ticket.objects.filter(status=Ticket.Status.WAITING).exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    stop.set()
    thread.join()
    names = ("decided", "rounds", "busy", "database", "engine", "statements")
    return {"cpu": time.process_time() - cpu} | {name: getattr(matcher, name) for name in names}


def _sweep(sweeper: Sweeper, stop: threading.Event) -> None:
    AT_WORK.meter.attach()
    sweeper.run(stop)


def bare(*, seconds: float) -> dict[str, Any]:
    """Tickets a second when each is nothing but one insert and one update, each committed by itself."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id integer PRIMARY KEY, subject varchar(240), owner integer)")
        begun, count = time.perf_counter(), 0
        while time.perf_counter() - begun < seconds:
            count += 1
            cursor.execute(
                "INSERT INTO bare VALUES (%s, %s, NULL)", [count, "Cannot sign in since this morning"]
            )
            cursor.execute("UPDATE bare SET owner = %s WHERE id = %s", [count % 50, count])
        took = time.perf_counter() - begun
        cursor.execute("DROP TABLE bare")
    return {"per_second": count / took}


def seed(*, members: int, seed: int) -> dict[str, Any]:
    """Build the desk."""
    build(members, seed=seed)
    return {}


ROLES: dict[str, Callable[..., dict[str, Any]]] = {"seed": seed, "write": write, "match": match, "bare": bare}
