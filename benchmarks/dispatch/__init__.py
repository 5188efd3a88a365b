"""Tickets opened and durably dispatched, on SQLite and on PostgreSQL, with 50 and with 2,000 members.

One process opens tickets by the verb while another runs the matcher lane. First as fast as it goes: the rate at which
every ticket opened has its stored decision. Then at random moments, 60 % of that rate and five a second on average:
the time from the commit of the opening to the end of the round that committed the decision. Beside it stands the bound:
how many tickets a second the same database does when each is one bare insert and one bare update, each committed.
Last, on PostgreSQL with the most members: 500 tickets a second from several writers, with 1, 2 and 4 workers.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.dispatch import arriving
from benchmarks.dispatch.arriving import Arrivals
from benchmarks.shape import Figure, Options, Report, Value
from tools import postgres

SHARE_OF_MOST = 0.6
BUSY_DAY = 5.0  # tickets a second
SEED = 7
NOTES = (
    "a ticket counts when its decision is committed; nothing is lost by killing a process at any moment",
    "SQLite: WAL, synchronous=NORMAL (a commit survives the process, not a power cut); "
    "PostgreSQL: own temporary cluster with its default flushing (fsync on)",
    "bound: one bare INSERT and one bare UPDATE a ticket, each committed by itself, one process, same settings",
    "latency: commit of the opening to the end of the round that decided; random arrivals; 60 % of the highest rate",
    "room never runs out; nine members in ten are online; all excluded members are stored with each decision",
)


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    members: tuple[int, ...]
    seconds: float
    arrivals: Arrivals


SMALL = Sizes((20,), 0.8, Arrivals(rate=20, writers=1, seconds=1.0, workers=(2,)))
LARGE = Sizes((50, 2000), 10.0, Arrivals(rate=500, writers=4, seconds=20.0, workers=(1, 2, 4)))


def run(options: Options) -> Report:
    """Measure each size on each database there is."""
    sizes = SMALL if options.quick else LARGE
    figures: list[Figure] = []
    summary: dict[str, Value] = {}
    notes = list(NOTES)
    for name, place in (("sqlite", _sqlite), ("postgresql", _postgresql)):
        if name == "postgresql" and postgres.programs() is None:
            notes.append("SKIPPED: PostgreSQL is not installed here")
            summary["postgresql"] = "skipped"
            continue
        for members in sizes.members:
            with place() as env:
                found = _measure(members, sizes.seconds, env)
                if name == "postgresql" and members == max(sizes.members):
                    more, told = arriving.measure(sizes.arrivals, env, _command)
                    figures, summary = figures + more, summary | told
            figures += _figures(f"{name}, {members:,} members", found)
            summary |= {f"{name}_{members}_{key}": value for key, value in found.items()}
    return Report(figures=tuple(figures), summary=summary, notes=tuple(notes))


def _figures(where: str, found: dict[str, float]) -> list[Figure]:
    def figure(what: str, key: str, unit: str) -> Figure:
        return Figure(f"{where}: {what}", found[key], unit)

    most = Figure(
        f"{where}: opened and dispatched",
        found["per_second"],
        "/s",
        found["bound"],
        "bare rows",
        better="more",
    )
    return [
        most,
        figure("writer's time in the database", "writer_database", "%"),
        figure("matcher's time in the database", "matcher_database", "%"),
        figure("writer's processor time a ticket", "writer_cpu_ms", "ms"),
        figure("matcher's processor time a ticket", "matcher_cpu_ms", "ms"),
        figure("matcher's statements a ticket", "statements", ""),
        *(figure(f"commit to decision at 60 %, p{share}", f"p{share}_ms", "ms") for share in (50, 95, 99)),
        figure("engine per round at 60 %", "engine_ms", "ms"),
        *(
            figure(f"commit to decision at 5/s, p{share}", f"busy_day_p{share}_ms", "ms")
            for share in (50, 95, 99)
        ),
        figure("engine per round at 5/s", "busy_day_engine_ms", "ms"),
    ]


def _measure(members: int, seconds: float, env: dict[str, str]) -> dict[str, float]:
    _play("seed", env, members=members, seed=SEED)
    bound = _play("bare", env, seconds=min(seconds, 3.0))["per_second"]
    written, matched = _together(env, seconds=seconds, rate=None)
    most = _rate(written, matched)
    found = {
        "per_second": most,
        "bound": bound,
        "writer_database": 100 * written["database"] / written["busy"],
        "matcher_database": 100 * matched["database"] / matched["busy"],
        "statements": matched["statements"] / len(matched["decided"]),
        "writer_cpu_ms": 1000 * written["cpu"] / len(written["opened"]),
        "matcher_cpu_ms": 1000 * matched["cpu"] / len(matched["decided"]),
    }
    for name, rate in (("", SHARE_OF_MOST * most), ("busy_day_", BUSY_DAY)):
        written, matched = _together(env, seconds=seconds, rate=rate)
        waits = _waits(written, matched)
        found |= {f"{name}p{share}_ms": float(np.percentile(waits, share)) for share in (50, 95, 99)}
        found[f"{name}engine_ms"] = 1000 * matched["engine"] / matched["rounds"]
    return found


def _rate(written: dict[str, Any], matched: dict[str, Any]) -> float:
    last = max(moment for _, moment in matched["decided"])
    return float(len(matched["decided"]) / (last - written["begun"]))


def _waits(written: dict[str, Any], matched: dict[str, Any]) -> list[float]:
    """Milliseconds from opening to decision; a decision may be seen before its writer reads the clock."""
    decided = dict(matched["decided"])
    missing = [ticket for ticket, _ in written["opened"] if ticket not in decided]
    if missing:
        raise RuntimeError(f"{len(missing)} tickets were opened and never dispatched")
    return [max(0.0, 1000 * (decided[ticket] - moment)) for ticket, moment in written["opened"]]


def _together(
    env: dict[str, str], *, seconds: float, rate: float | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the writer and the matcher came to, side by side."""
    with subprocess.Popen(_command("match"), env=env, stdout=subprocess.PIPE, text=True) as matcher:
        try:
            assert matcher.stdout is not None
            matcher.stdout.readline()  # it is ready
            written = _play("write", env, seconds=seconds, rate=rate, seed=SEED)
        finally:
            matcher.terminate()
        out, _ = matcher.communicate(timeout=90)
    return written, json.loads(out.splitlines()[-1])


def _play(role: str, env: dict[str, str], **words: Any) -> dict[str, Any]:
    done = subprocess.run(
        _command(role, **words), env=env, stdout=subprocess.PIPE, text=True, check=True, timeout=300
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _command(role: str, **words: Any) -> list[str]:
    return [sys.executable, "-m", "benchmarks.dispatch.child", role, json.dumps(words)]


@contextlib.contextmanager
def _sqlite() -> Iterator[dict[str, str]]:
    """Surroundings with a new SQLite file, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fengong-bench-"))
    try:
        yield {**os.environ, "FENGONG_DATA": str(folder), "DATABASE_URL": ""}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _postgresql() -> Iterator[dict[str, str]]:
    """Surroundings with a new PostgreSQL cluster that flushes as it does by default, gone afterwards."""
    with _sqlite() as env, postgres.cluster(durable=True) as url:
        yield {**env, "DATABASE_URL": url}
