"""Server time at two sizes of one desk, measured in turns so that both meet the same moments of the machine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.desk.places import Env, play
from benchmarks.shape import Figure, Value

MODULE = "benchmarks.desk"
Place = Callable[[list[str]], AbstractContextManager[dict[str, Env]]]


@dataclass(frozen=True)
class Sizes:
    """How many tickets the small and the large desk hold, and how often each deed is done in how many turns."""

    small: int
    large: int
    times: int
    turns: int


def grow(name: str, place: Place, sizes: Sizes) -> tuple[list[Figure], dict[str, Value]]:
    """Figures of one database: p95 on the large desk beside that of the small one."""
    with place(["small", "large"]) as envs:
        play(MODULE, "load", envs["small"], tickets=sizes.small)
        play(MODULE, "load", envs["large"], tickets=sizes.large)
        found = _in_turns(envs, sizes)
        intake = play(MODULE, "intake", envs["small"], calls=max(2, sizes.times // 2))
    figures = [_figure(name, deed, found) for deed in found["large"]]
    most = max((figure for figure in figures), key=lambda figure: figure.ours)
    summary: dict[str, Value] = {
        f"{name}_p95_ms_worst": most.ours,
        f"{name}_growth_worst": max(figure.ours / (figure.theirs or 1) for figure in figures),
        f"{name}_intake_per_second": intake["per_second"],
    }
    figures.append(
        Figure(f"{name}: intake, 100 tickets a call", intake["per_second"], "/s", 2000, "asked for", "more")
    )
    return figures, summary


def _in_turns(envs: dict[str, Env], sizes: Sizes) -> dict[str, Any]:
    """All milliseconds by desk and deed."""
    found: dict[str, Any] = {}
    for turn in range(sizes.turns):
        for desk, env in envs.items():
            for deed, measured in play(MODULE, "measure", env, times=sizes.times, turn=turn).items():
                known = found.setdefault(desk, {}).setdefault(deed, {**measured, "ms": []})
                known["ms"] += measured["ms"]
    return found


def _figure(name: str, deed: str, found: dict[str, Any]) -> Figure:
    large, small = found["large"][deed], found["small"][deed]
    label = f"{name}: {deed} [{large['statements']} statements], p95"
    return Figure(label, _p95(large["ms"]), "ms", _p95(small["ms"]), "small desk")


def _p95(milliseconds: list[float]) -> float:
    return float(np.percentile(milliseconds, 95))
