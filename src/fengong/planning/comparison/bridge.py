"""The way to the simulator and back: a past and two sets of rules in, rows and findings out.

What a policy says of teams and rings, limits per channel, offers, breaks and ramps has no place in the simulator; the
weights, scales, skills, tiers and the easing of needs are the engine's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path
from typing import Any

import numpy as np

from fengong.engine.routing.rules import Easing, Rules, Weights
from fengong.engine.simulation.whatif.division import Division
from fengong.engine.simulation.whatif.trial import Trial, prepare, run
from fengong.planning.replay import bridge as replay
from fengong.planning.replay.assemble import Assembled
from fengong.planning.replay.mapping import Mapping as LogMapping
from fengong.planning.replay.results import Check
from fengong.planning.whatif import bridge as whatif
from fengong.planning.whatif.cast import Cast
from fengong.planning.whatif.results import Row, Told

POLICY = "fengong"
CHECK_SEEDS = (101, 102)
TAKEN: Mapping[str, tuple[str, ...]] = {
    "scales": ("priority", "lateness_scale", "patience", "brisk", "rest"),
    "skills": ("need", "wanted", "stretch", "calm"),
    "tiers": ("reach", "overflow", "urgent"),
    "shifts": ("guard",),
}
"""The engine's dials among a policy's settings, by section."""

__all__ = ["Trial", "made_ready", "rows_of", "run"]


def rules_of(policy: Mapping[str, Any]) -> Rules:
    """The engine's rules among those of a policy; what it does not say is as it comes."""
    dials: dict[str, Any] = {}
    for section, names in TAKEN.items():
        said = policy.get(section) or {}
        dials |= {name: _value(said[name]) for name in names if name in said}
    weights = {name: float(value) for name, value in (policy.get("weights") or {}).items()}
    easing = {name: _value(value) for name, value in (policy.get("relaxation") or {}).items()}
    return Rules(weights=Weights(**weights), easing=Easing(**easing), **dials)


def _value(said: Any) -> Any:
    """Lists are tuples in the engine, and null is never."""
    return inf if said is None else tuple(said) if isinstance(said, list) else said


def made_ready(
    log: Assembled, mapping: LogMapping, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Trial, Cast, dict[str, Check], tuple[float, float]]:
    """Learn from a log how people work, check that on what was held back, and make both sides ready.

    Returns the trial, its names, the checks, and the log's first and last moment in seconds.
    """
    study = replay.understand(log, mapping, rest="other")
    part = replay.halves(study, by_time=False)
    fitted = replay.fitted(study, part)
    _, held = replay.checks(fitted, part, CHECK_SEEDS)
    trial = prepare(
        fitted.desk, Division(POLICY, rules_of(before)), Division(POLICY, rules_of(after)), groups=None
    )
    reading = fitted.inferred.reading
    people = [
        (fitted.log.people[p], fitted.log.teams[int(fitted.log.person_team[p])])
        for p in reading.members.tolist()
    ]
    times = [event[1] for event in log.events]
    return trial, Cast(Path(), tuple(people), reading.topics), held, (min(times), max(times))


def rows_of(
    trial: Trial, figures: Sequence[np.ndarray], cast: Cast
) -> tuple[tuple[Row, ...], tuple[Told, ...], bool]:
    """Sum up the runs."""
    return whatif.rows_of(trial, figures, cast, cast.topics)
