"""A week of a desk through the running product, on a clock that goes faster, beside the same week under other policies.

Real workers run real lanes on PostgreSQL (SQLite where there is none). One process plays everybody: customers who write
by day and night, members who come, go, fall ill, swap shifts, answer, hand up and resolve. On Wednesday one topic gets
four times its letters; on Thursday a worker is killed with SIGKILL. A third process looks at the tables all the time:
does a ticket wait while somebody could take it, and does anybody hold more than they can?
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.dispatch import _postgresql, _sqlite
from benchmarks.shape import Figure, Options, Report, Value
from benchmarks.week.scene import FULL, GO, QUICK, Scene
from tools import postgres

Process = subprocess.Popen[str]
OURS, RIVALS = "fengong", ("round-robin", "least-loaded")
RESTART_AFTER = 0.2  # seconds, as the supervisor waits
NOTES = (
    "waits: real seconds for which one ticket waited while somebody who was here, of a tier and skill for it and with "
    "room until the end of their shift, did not get it; those that a reserve rule holds back, as their row says, apart",
    "the time in which a killed worker is replaced counts apart: what another worker may touch is leased for 1 s",
    "one real second is many minutes of the desk's week, so answer times hold a lag that a real week has not; "
    "busy hours go slower than nights",
    "rivals: the same letters, people and accidents; the matcher decides by the named policy, nothing is evened out",
    "load Gini: of load over capacity among those online, mean over all looks; promises: share kept of those made",
)


def run(options: Options) -> Report:
    """Play the week by each policy; the invariants are those of ours."""
    scene = QUICK if options.quick else FULL.stretched(os.environ.get("FENGONG_WEEK_SECONDS"))
    wanted = os.environ.get("FENGONG_WEEK_POLICIES")
    rivals = tuple(name for name in (wanted.split(",") if wanted is not None else RIVALS) if name)
    if options.quick:
        rivals = rivals[:1]
    found = {policy: _week(scene, policy) for policy in (OURS, *rivals)}
    ours, theirs = found[OURS], {name: found[name] for name in rivals}
    summary: dict[str, Value] = {
        "members": scene.members,
        "days": scene.days,
        "speed": round(scene.speed),
        **{f"{policy}_{key}": value for policy, all_ in found.items() for key, value in all_.items()},
    }
    return Report(figures=tuple(_figures(ours, theirs)), summary=summary, notes=NOTES)


def _figures(ours: dict[str, Any], theirs: dict[str, dict[str, Any]]) -> Iterator[Figure]:
    for what, key, unit in (
        ("tickets opened", "opened", ""),
        ("given by decisions of the matcher", "matched", ""),
        ("moved by rules", "moved", ""),
        ("longest wait beside somebody with room, real", "longest_wait", "s"),
        ("the same while a killed worker is replaced", "longest_wait_killed", "s"),
        ("tickets that waited so for more than 2 s", "waited_too_long", ""),
        ("looks that found somebody over capacity, or a load that is wrong", "over_capacity", ""),
        ("changes of owner without a reason on record", "unexplained", ""),
        ("the player's lag behind the clock, p99, real", "lag_p99", "s"),
    ):
        yield Figure(what, ours[key], unit)
    for name, other in theirs.items():
        yield Figure("load Gini among those online", ours["gini"], "", other["gini"], name)
        for what, key in (("first answers in time", "first_kept"), ("resolved in time", "resolved_kept")):
            yield Figure(what, 100 * ours[key], "%", 100 * other[key], name, better="more")


def _week(scene: Scene, policy: str) -> dict[str, Any]:
    place = _postgresql if postgres.programs() else _sqlite
    with place() as surroundings, tempfile.TemporaryDirectory(prefix="fengong-week-") as folder:
        env = {**surroundings, GO: str(Path(folder) / "begun")}
        _play("seed", env, scene, policy)
        with (
            _running("watch", env, scene, policy) as watch,
            _running("live", env, scene, policy) as live,
            _workers(env, scene, policy) as workers,
        ):
            begun = _go([watch, live, *workers], Path(env[GO]))
            killed = _kill(workers, live, begun + scene.kill_at, lambda: _start("work", env, scene, policy))
            lived = _result(live, scene.seconds + 300)
            watch.terminate()
            seen = _result(watch, 60)
        return {**lived, **_judged(seen, killed), **_play("account", env, scene, policy)}


def _go(processes: list[Process], file: Path) -> float:
    """When everybody is ready the clock starts."""
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    file.with_suffix(".new").write_text(str(begun := time.time()))
    file.with_suffix(".new").rename(file)
    return begun


def _kill(workers: list[Process], live: Process, due: float, start: Callable[[], Process]) -> float | None:
    """Kill a worker in the middle of what it does, and start another as the supervisor would."""
    while time.time() < due and live.poll() is None:
        time.sleep(0.05)
    if live.poll() is not None:
        return None
    workers[0].kill()
    workers[0].wait()
    at = time.time()
    time.sleep(RESTART_AFTER)
    workers[0] = start()
    return at


def _result(process: Process, timeout: float) -> dict[str, Any]:
    out, _ = process.communicate(timeout=timeout)
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def _judged(seen: dict[str, Any], killed: float | None) -> dict[str, Any]:
    """Waits that began before a killed worker was replaced count apart; each is (began, seconds) in real time."""
    waits = seen.pop("waits")
    apart = [took for began, took in waits if killed and killed - 1 <= began + took and began <= killed + 6]
    usual = [
        took for began, took in waits if not (killed and killed - 1 <= began + took and began <= killed + 6)
    ]
    return {
        **seen,
        "longest_wait": max(usual, default=0.0),
        "longest_wait_killed": max(apart, default=0.0),
        "waited_too_long": sum(took > 2.0 for took in usual),
    }


@contextlib.contextmanager
def _workers(env: dict[str, str], scene: Scene, policy: str) -> Iterator[list[Process]]:
    """Two workers, as on two machines."""
    running = [_start("work", env, scene, policy) for _ in range(2)]
    try:
        yield running
    finally:
        for process in running:
            process.terminate()
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()


@contextlib.contextmanager
def _running(role: str, env: dict[str, str], scene: Scene, policy: str) -> Iterator[Process]:
    with _start(role, env, scene, policy) as process:
        try:
            yield process
        finally:
            process.terminate()


def _start(role: str, env: dict[str, str], scene: Scene, policy: str) -> Process:
    return subprocess.Popen(_command(role, scene, policy), env=env, stdout=subprocess.PIPE, text=True)


def _play(role: str, env: dict[str, str], scene: Scene, policy: str) -> dict[str, Any]:
    done = subprocess.run(
        _command(role, scene, policy), env=env, stdout=subprocess.PIPE, text=True, check=True, timeout=600
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _command(role: str, scene: Scene, policy: str) -> list[str]:
    words = json.dumps({"scene": scene.name, "seconds": scene.seconds, "policy": policy})
    return [sys.executable, "-m", "benchmarks.week.child", role, words]
