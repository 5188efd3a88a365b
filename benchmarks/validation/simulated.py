"""A system of `systems` as the simulator's model, and what a run of it says, as numerators over denominators."""

from __future__ import annotations

from functools import partial
from math import inf, sqrt

import numpy as np

from benchmarks.validation.queues import RUNS, TARGET, Setting
from benchmarks.validation.systems import System
from fengong.engine.routing.kernels.codes import ALIS, LONGEST_IDLE
from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.centre.durations import Duration, never
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Behaviour, Group
from fengong.engine.simulation.centre.result import Result
from fengong.engine.simulation.centre.run import simulate
from fengong.engine.simulation.centre.streams import Rates, Stream
from fengong.engine.simulation.experiment import Workers, run_seeds
from fengong.engine.simulation.statistics.estimate import Estimate, Floats
from fengong.engine.simulation.statistics.ratio import ratio

RULES = Rules(reach=0, guard=0.0)  # a tier never helps another


CONFIDENCE = 0.999
DRAIN = 10_000.0  # minutes, more than enough for the last contact to be done with


def estimated(setting: Setting, width: float, workers: Workers | None = None) -> Estimate:
    """Every figure of the setting, in the order of `setting.exact`, from runs meant for intervals of this width."""
    found = run_seeds(partial(observed, setting, width), range(RUNS), workers)
    return ratio(found[:, 0], found[:, 1], CONFIDENCE)


def observed(setting: Setting, width: float, seed: int) -> Floats:
    """One run: f64[2, figures], numerators and denominators."""
    result = simulate(model_of(setting, width), policy=policy_of(setting.system), seed=seed, rules=RULES)
    return np.array([_figure(setting.system, result, name) for name in setting.exact]).T


def model_of(setting: Setting, width: float) -> Model:
    """The model: rates as streams, groups as they are; what goes up a tier is a stream the first tier fails on."""
    system, warm = setting.system, _warmup(setting.system)
    return Model(
        streams=_escalating(system) if system.escalated else _streams(system),
        crew=tuple(
            Group(
                group.members,
                {0: 3.0} if system.escalated else {skill.topic: 3.0 for skill in group.skills},
                tier=1 + place if system.escalated else 1,
                pace=_pace(system, place),
            )
            for place, group in enumerate(system.groups)
        ),
        horizon=warm + setting.minutes(width),
        warmup=warm,
        drain=0.0 if setting.swift else DRAIN,
        behaviour=Behaviour(failure=(0.0, 1.0, 1.0), tried=1.0) if system.escalated else Behaviour(),
        places=system.places or inf,
    )


def _warmup(system: System) -> float:
    """Minutes not counted: many times longer than any of these systems takes to forget its empty start."""
    return max(30.0, 300.0 / sqrt(system.members)) / min(system.service_rates)


def policy_of(system: System) -> int:
    """First come first served with the longest-idle member, by priority where there are any."""
    return LONGEST_IDLE if any(_ranks(system).values()) else ALIS


def _ranks(system: System) -> dict[int, int]:
    return {skill.topic: skill.taken for group in system.groups for skill in group.skills}


def _streams(system: System) -> tuple[Stream, ...]:
    """One for each class. Ranks in which members take classes are priorities: 4 for rank 0."""
    patience = Duration.exponential(1 / system.patience_rate) if system.patience_rate else never()
    ranks = _ranks(system)
    return tuple(
        Stream(
            Rates.constant(rate),
            Duration.exponential(1 / system.service_rates[topic]),
            topic=topic,
            priority=4 - ranks[topic],
            patience=patience,
            promise=TARGET,
        )
        for topic, rate in enumerate(system.arrival_rates)
    )


def _escalating(system: System) -> tuple[Stream, ...]:
    """What the first tier solves, and what is beyond it though nobody can tell: independent parts of one stream."""
    rate, effort = system.arrival_rates[0], Duration.exponential(1 / system.service_rates[0])
    return (
        Stream(Rates.constant(rate * (1 - system.escalated)), effort),
        Stream(Rates.constant(rate * system.escalated), effort, difficulty=2, graded=1),
    )


def _pace(system: System, place: int) -> float:
    if system.escalated:
        return system.service_rates[0] / system.service_rates[place]
    return 1 / system.groups[place].speed


def _figure(system: System, result: Result, name: str) -> tuple[float, float]:
    """Numerator and denominator of a figure of `Setting.exact`."""
    what, _, topic = name.partition(", class ")
    which = slice(None) if not topic else int(topic)
    if system.escalated:
        return _tier_wait(result, int(topic))
    counts = result.counts
    offered, blocked = counts.offered[which].sum(), counts.blocked[which].sum()
    gone = counts.abandoned[which].sum()
    above = {
        "blocked": blocked,
        "delayed": counts.delayed[which].sum() + gone,
        "wait": counts.wait_sum[which].sum() + counts.patience_sum[which].sum(),
        "within target": counts.in_time[which].sum(),
        "abandoned": gone,
    }[what]
    return float(above), float(offered if what == "blocked" else offered - blocked)


def _tier_wait(result: Result, tier: int) -> tuple[float, float]:
    """Of the first tier: the wait for a first answer. Of the second: all other time in queue (Little's law)."""
    counts = result.counts
    first = float(counts.wait_sum.sum())
    if tier == 0:
        return first, float(counts.answered.sum())
    return float(result.in_queue.sum()) * result.minutes - first, float(counts.answered[1].sum())
