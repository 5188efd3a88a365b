"""The rules that desks use today and those that queueing theory recommends, each with its parameters.

All of them are kernels: what is here says which kernel, with which dials. A batch is one round of the kernel's two
questions. Eligibility is the same as for every other policy, ties go to the longest idle member and the longest waiting
ticket, then to the smallest id. Parameters per topic are by column of the pool's proficiency; a batch that stands alone
starts without memory, so what needs some (help, overload) begins at its upper threshold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from types import MappingProxyType

import numpy as np

from fengong.engine.routing.arrays import Assignment, Floats, Ints, Pool, Queue, Scene
from fengong.engine.routing.kernels import codes
from fengong.engine.routing.kernels.delay import LINEAR, PROMISED, QUADRATIC
from fengong.engine.routing.kernels.dials import Dials, dials_of
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.rounds import Answer, in_order, whole_round
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.view import moment_of

PerTopic = Mapping[int, float]
NONE: PerTopic = MappingProxyType({})
SHAPES = {"linear": LINEAR, "quadratic": QUADRATIC, "promised": PROMISED}
ALWAYS_HELP = -1  # fewer than nobody can wait: help is always due


@dataclass(frozen=True)
class Classical:
    """A policy without parameters."""

    name: str
    code: int

    def dials(self, rules: Rules, topics: int) -> Dials:
        """The dials of these rules with the parameters of this policy, for so many topics."""
        return dials_of(rules, topics)

    def assign(self, pool: Pool, queue: Queue, now: float, rules: Rules) -> Assignment:
        scene = Scene(pool, queue, now, rules)
        if not len(queue) or not len(pool):
            nothing = np.empty(0, dtype=np.int64)
            return nothing, nothing
        moment = self._own(moment_of(scene), scene)
        tickets, members = np.empty_like(queue.ids), np.empty_like(queue.ids)
        count, done = np.zeros(1, dtype=np.int64), np.zeros(len(pool), dtype=np.bool_)
        whole_round(self.code, moment, Answer(tickets, members, count, done))
        return tickets[: count[0]], members[: count[0]]

    def _own(self, moment: Moment, scene: Scene) -> Moment:
        """The moment with arrays that a round may change, and the dials of this policy."""
        crew = moment.crew
        changing = {"load", "held", "idle_since", "last_given"}
        crew = crew._replace(**{name: getattr(crew, name).copy() for name in sorted(changing)})
        dials = self.dials(scene.rules, scene.pool.proficiency.shape[1])
        topics = np.unique(scene.queue.topic)  # the columns that `moment_of` keeps
        dials = dials._replace(share=dials.share[topics], theta=dials.theta[topics], cost=dials.cost[topics])
        moment = moment._replace(crew=crew, dials=dials)
        return moment._replace(waiting=in_order(moment, by_priority=self.code != codes.ALIS))


@dataclass(frozen=True)
class FixedQueueRatio(Classical):
    """Serve the topic whose queue most exceeds its `share` of the whole (alike unless said), and help another side only
    from `activate` on: tickets waiting there, less `ratio` x those waiting on the own side, above `activate`; until
    they are `release` or fewer. As it comes, help is always due.
    """

    name: str = "fixed-ratio"
    code: int = codes.FIXED_RATIO
    share: PerTopic = field(default_factory=lambda: NONE)
    activate: int = ALWAYS_HELP
    release: int = ALWAYS_HELP
    ratio: float = 0.0

    def __post_init__(self) -> None:
        _check_thresholds(self.release, self.activate)

    def dials(self, rules: Rules, topics: int) -> Dials:
        dials = dials_of(rules, topics)
        share = _per_topic(self.share, topics, 1.0)
        total = float(share.sum())
        return dials._replace(
            share=share / total if total > 0 else dials.share,
            activate=_per_tier(self.activate),
            release=_per_tier(self.release),
            ratio=self.ratio,
        )


@dataclass(frozen=True)
class GeneralizedCmu(Classical):
    """Take the ticket whose waiting costs most per minute of own work: `cost` points per minute by topic (1 unless
    said) times the weight of the priority, `shape` linear, quadratic or promised (the slope of expected lateness).
    """

    name: str = "generalized-cmu"
    code: int = codes.GENERALIZED_CMU
    cost: PerTopic = field(default_factory=lambda: NONE)
    shape: str = "quadratic"

    def __post_init__(self) -> None:
        if self.shape not in SHAPES:
            raise ValueError(f"there is no shape {self.shape!r}; there are {', '.join(SHAPES)}")

    def dials(self, rules: Rules, topics: int) -> Dials:
        cost = _per_topic(self.cost, topics, 1.0)
        return dials_of(rules, topics)._replace(cost=cost, shape=SHAPES[self.shape])


@dataclass(frozen=True)
class CmuTheta(GeneralizedCmu):
    """The c-mu rule; while more than `overload` tickets wait per member present, and until they are `relieved` or
    fewer, divided by `theta`, the share of waiting customers who give up per minute, by topic.
    """

    name: str = "cmu-theta"
    code: int = codes.CMU_THETA
    shape: str = "linear"
    theta: PerTopic = field(default_factory=lambda: NONE)
    overload: float = 2.0
    relieved: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_thresholds(self.relieved, self.overload)

    def dials(self, rules: Rules, topics: int) -> Dials:
        theta = _per_topic(self.theta, topics, 0.0)
        dials = super().dials(rules, topics)
        return dials._replace(theta=theta, overload=self.overload, relieved=self.relieved)


@dataclass(frozen=True)
class Overflow(Classical):
    """Hard work first; help a lower tier only when more than `threshold` of its tickets wait, until they are `release`
    (unless said: `threshold`) or fewer, and only while more than `reserve` of the own tier have room.
    """

    name: str = "overflow"
    code: int = codes.OVERFLOW
    threshold: int = 2
    release: int | None = None
    reserve: int = 0

    def __post_init__(self) -> None:
        _check_thresholds(self._until, self.threshold)
        if self.reserve < 0:
            raise ValueError("reserve must not be negative")

    @property
    def _until(self) -> int:
        return self.threshold if self.release is None else self.release

    def dials(self, rules: Rules, topics: int) -> Dials:
        return dials_of(rules, topics)._replace(
            activate=_per_tier(self.threshold), release=_per_tier(self._until), spare=_per_tier(self.reserve)
        )


@dataclass(frozen=True)
class Bullseye(Classical):
    """Ring r of members, counted in tiers above the ticket's and steps of proficiency below the wanted one, may take a
    ticket when it has waited r x `minutes`.
    """

    name: str = "bullseye"
    code: int = codes.BULLSEYE
    minutes: float = 2.0

    def __post_init__(self) -> None:
        if not 0 <= self.minutes < inf:
            raise ValueError("minutes must be a number that is not negative")

    def dials(self, rules: Rules, topics: int) -> Dials:
        return dials_of(rules, topics)._replace(ring=self.minutes)


# Round robin gives the next ticket to whoever was given one longest ago, whatever they have finished since.
ROUND_ROBIN = Classical("round-robin", codes.ROUND_ROBIN)
LEAST_LOADED = Classical("least-loaded", codes.LEAST_LOADED)
LONGEST_IDLE = Classical("longest-idle", codes.LONGEST_IDLE)
# Each tier takes only its own tickets and never helps another.
STATIC_TIERS = Classical("static-tiers", codes.STATIC_TIERS)
FIRST_COME = Classical("first-come", codes.ALIS)
STATIC_PRIORITY = Classical("static-priority", codes.STATIC_PRIORITY)
FAIR_IDLE = Classical("fair-idle", codes.FAIR_IDLE)


def _check_thresholds(lower: float, upper: float) -> None:
    if not lower <= upper:
        raise ValueError("the threshold at which it ends must not be above the one at which it begins")


def _per_topic(said: PerTopic, topics: int, otherwise: float) -> Floats:
    values = np.full(topics, otherwise)
    for topic, value in said.items():
        if not 0 <= topic < topics or not 0 <= value < inf:
            raise ValueError(
                f"topic {topic}: a topic of the pool and a number that is not negative are needed"
            )
        values[topic] = value
    return values


def _per_tier(value: int) -> Ints:
    return np.full(4, value, dtype=np.int64)
