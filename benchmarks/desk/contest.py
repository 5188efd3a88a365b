"""Beside django-helpdesk: the same tickets, the same PostgreSQL, as many web processes, in turns of a few seconds."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.desk.clients import Page, Result, counter, drive, listeners, wait_until_open
from benchmarks.desk.owners import LOOK_EVERY, SOON, Owners, owners
from benchmarks.desk.pages import Ours, Theirs
from benchmarks.desk.places import Env, play, postgresql
from benchmarks.shape import Figure, Value

WORKERS, CLIENTS, STREAMS = 4, 4, 500
HEAP = 60.0
"""Seconds that the worker is given for what the bulk intake has left."""
RIVAL = "benchmarks.desk.rival"


def contest(
    tickets: int, seconds: float, rounds: int, *, streams: int = STREAMS
) -> tuple[list[Figure], dict[str, Value]]:
    """Figures of both, ours first."""
    with postgresql(["ours", "theirs"]) as envs:
        theirs = {**envs["theirs"], "RIVAL_DATABASE_URL": envs["theirs"]["DATABASE_URL"]}
        play("benchmarks.desk", "load", envs["ours"], tickets=tickets)
        keys = play("benchmarks.desk", "keys", envs["ours"])
        known = play(RIVAL, "fill", theirs, tickets=tickets)
        us, them = Ours(keys, tickets), Theirs(known, tickets)
        with (
            _served(_ours(), envs["ours"]) as port,
            _served(_theirs(), theirs) as rival,
            listeners(port, streams, us.cookies),
            owners(envs["ours"]["DATABASE_URL"], above=tickets) as watched,
        ):
            desks = {"ours": (port, us.pages()), "theirs": (rival, them.pages())}
            found = in_turns(desks, seconds, rounds)
            waits = watched.waits()
            batches = drive(port, us.batch, clients=CLIENTS, seconds=seconds, turns=counter())
            division = _divided(watched)
        counts = (
            play("benchmarks.desk", "statements", envs["ours"], tickets=tickets),
            play(RIVAL, "statements", theirs, pages=them.addresses(), cookie=known["cookie"]),
        )
    figures, summary = _told(found, batches, counts)
    return [*figures, *_owned(waits, division)], summary


def _divided(watched: Owners) -> tuple[float, float]:
    """How many tickets of a heap got their owners, in 100, and how many a second."""
    before, _ = watched.settle(within=0)
    begun = time.monotonic()
    owned, fresh = watched.settle(within=HEAP)
    took = time.monotonic() - begun
    return 100 * owned / max(fresh, 1), (owned - before) / max(took, LOOK_EVERY)


def _owned(waits: tuple[float, float, float], division: tuple[float, float]) -> list[Figure]:
    share, half, most = waits
    return [
        Figure(f"tickets created one by one that have an owner {SOON:.0f} s after the turn", share, "%"),
        Figure("from opening to owner, p50", half, "s"),
        Figure("from opening to owner, p95", most, "s", 1.0, "asked for"),
        Figure(f"owners found for what the intake left, within {HEAP:.0f} s", division[0], "%"),
        Figure("owners found for what the intake left", division[1], "/s"),
    ]


def in_turns(
    desks: dict[str, tuple[int, dict[str, Page]]], seconds: float, rounds: int
) -> dict[str, dict[str, list[Result]]]:
    turns = counter()
    found: dict[str, dict[str, list[Result]]] = {}
    for number in range(rounds + 1):
        for name in desks["ours"][1]:
            for desk, (port, pages) in desks.items():
                took = drive(port, pages[name], clients=CLIENTS, seconds=seconds, turns=turns)
                if number:  # the first round warms both up
                    found.setdefault(name, {}).setdefault(desk, []).append(took)
    return found


def _told(
    found: dict[str, dict[str, list[Result]]], batches: Result, counts: tuple[Any, Any]
) -> tuple[list[Figure], dict[str, Value]]:
    figures: list[Figure] = []
    summary: dict[str, Value] = {}
    for name, desks in found.items():
        rate = {desk: float(np.median([one.rate for one in results])) for desk, results in desks.items()}
        p95 = {desk: _p95(results) for desk, results in desks.items()}
        label = f"{name} [{counts[0][name]} statements beside {counts[1][name]}]"
        whose = "django-helpdesk"
        figures.append(
            Figure(f"{label}, {CLIENTS} clients", rate["ours"], "/s", rate["theirs"], whose, "more")
        )
        figures.append(Figure(f"{label}, p95", p95["ours"], "ms", p95["theirs"], whose))
        summary |= {
            f"{name}_rate_ratio": rate["ours"] / rate["theirs"],
            f"{name}_p95_ratio": p95["theirs"] / p95["ours"],
        }
    intake = 100 * batches.rate
    figures.append(Figure("intake, 100 tickets a call", intake, "/s", 2000, "asked for", "more"))
    return figures, summary | {"intake_per_second": intake}


def _p95(results: list[Result]) -> float:
    return float(np.percentile([1000 * took for one in results for took in one.seconds], 95))


def _ours() -> list[str]:
    return [sys.executable, "-m", "fengong.config.cli", "serve", "--web", str(WORKERS), "--port", "{port}"]


def _theirs() -> list[str]:
    gunicorn = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--threads", "2"]
    return [*gunicorn, "--keep-alive", "30", "--bind", "127.0.0.1:{port}", f"{RIVAL}.wsgi:application"]


@contextlib.contextmanager
def _served(command: list[str], env: Env) -> Iterator[int]:
    """A server in a process group of its own, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [word.format(port=port) for word in command]
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(words, env=env, start_new_session=True, stdout=nowhere, stderr=nowhere)
    try:
        wait_until_open(port, within=120, process=process)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
