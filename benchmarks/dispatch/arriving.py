"""So many tickets a second arrive at a large desk on PostgreSQL, and 1, 2 and 4 workers stand ready to match them.

One worker at a time holds the lease of the matcher, so that more of them are no faster but safer: what is measured is
what the others cost, and how the time from commit to decision holds up when letters come faster than usual.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.shape import Figure, Value

Command = Callable[..., list[str]]


@dataclass(frozen=True)
class Arrivals:
    """Tickets a second in all, written by so many processes, for so long, with so many workers in turn."""

    rate: float
    writers: int
    seconds: float
    workers: tuple[int, ...]


def measure(
    arrivals: Arrivals, env: dict[str, str], command: Command
) -> tuple[list[Figure], dict[str, Value]]:
    """With each number of workers in turn, on the desk that stands."""
    figures: list[Figure] = []
    summary: dict[str, Value] = {}
    for workers in arrivals.workers:
        found = _with(workers, arrivals, env, command)
        where = f"{arrivals.rate:.0f}/s arriving, {workers} workers"
        figures += [
            Figure(f"{where}: opened", found["opened"], "/s", arrivals.rate, "wanted", better="more"),
            Figure(f"{where}: durably dispatched", found["per_second"], "/s", better="more"),
            *(Figure(f"{where}: commit to decision, p{p}", found[f"p{p}_ms"], "ms") for p in (50, 95, 99)),
            Figure(f"{where}: workers that matched", found["matched_by"], ""),
        ]
        summary |= {f"arriving_{workers}_workers_{key}": value for key, value in found.items()}
    return figures, summary


def _with(workers: int, arrivals: Arrivals, env: dict[str, str], command: Command) -> dict[str, float]:
    with contextlib.ExitStack() as stack:
        matchers = [stack.enter_context(_running(command("match"), env)) for _ in range(workers)]
        for matcher in matchers:
            assert matcher.stdout is not None
            matcher.stdout.readline()  # it is ready
        words = {"seconds": arrivals.seconds, "rate": arrivals.rate / arrivals.writers}
        writers = [
            stack.enter_context(_running(command("write", seed=number, **words), env))
            for number in range(arrivals.writers)
        ]
        written = [_result(writer) for writer in writers]
        for matcher in matchers:
            matcher.terminate()
        matched = [_result(matcher) for matcher in matchers]
    return _told(written, matched)


def _told(written: list[dict[str, Any]], matched: list[dict[str, Any]]) -> dict[str, float]:
    opened = [pair for one in written for pair in one["opened"]]
    decided = {ticket: moment for one in matched for ticket, moment in one["decided"]}
    missing = [ticket for ticket, _ in opened if ticket not in decided]
    if missing:
        raise RuntimeError(f"{len(missing)} tickets were opened and never dispatched")
    begun, ended = min(one["begun"] for one in written), max(moment for _, moment in opened)
    waits = [max(0.0, 1000 * (decided[ticket] - moment)) for ticket, moment in opened]
    return {
        "opened": len(opened) / (ended - begun),
        "per_second": len(decided) / (max(decided.values()) - begun),
        **{f"p{share}_ms": float(np.percentile(waits, share)) for share in (50, 95, 99)},
        "matched_by": sum(bool(one["decided"]) for one in matched),
    }


@contextlib.contextmanager
def _running(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def _result(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = process.communicate(timeout=300)
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found
