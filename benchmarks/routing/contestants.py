"""The policies, the dials each may be tuned by, and what turning them means. Every policy has the same tuning budget.

A rule without dials is run as it is; none of them knows more about the future than another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.routing.scenarios.scenario import Scenario
from fengong.engine.routing.kernels.dials import Dials, dials_of
from fengong.engine.routing.rules import Rules, Weights
from fengong.engine.simulation.tuning import Dial, Parameters
from fengong.engine.simulation.weighing import STEP, turned, weighing_dials

OURS, AS_IT_COMES = "fengong", "fengong, as it comes"
BY_PROMISE = 2  # of `dials.shape`


@dataclass(frozen=True)
class Contestant:
    """`code`: of the policy in dispatch; `dials`: what may be turned on a scenario; `turn`: what that makes of them."""

    name: str
    code: int
    dials: Callable[[Scenario], tuple[Dial, ...]]
    turn: Callable[[Scenario, Parameters], Dials]


def base(scenario: Scenario) -> Dials:
    """The facts of the desk every policy may know: rates of giving up, by topic."""
    topics = scenario.model.topics
    theta = np.zeros(topics)
    for stream in scenario.model.streams:
        if 0 < stream.patience.mean < np.inf:
            theta[stream.topic] = max(theta[stream.topic], 1.0 / stream.patience.mean)
    return dials_of(Rules(), topics)._replace(theta=theta)


def none(scenario: Scenario) -> tuple[Dial, ...]:
    """Nothing to turn."""
    return ()


def plain(scenario: Scenario, parameters: Parameters) -> Dials:
    """As it is."""
    return base(scenario)


def by_topic(name: str, low: float, high: float) -> Callable[[Scenario], tuple[Dial, ...]]:
    """One dial for each topic but the first, which is the measure of the others."""
    return lambda scenario: tuple(
        Dial(f"{name}_{topic}", low, high, 1.0, "log") for topic in range(1, scenario.model.topics)
    )


def topic_values(scenario: Scenario, parameters: Parameters, name: str) -> np.ndarray:
    """1 for the first topic, and what the dials say for the others."""
    return np.array(
        [1.0, *(parameters.get(f"{name}_{topic}", 1.0) for topic in range(1, scenario.model.topics))]
    )


def tiers_above(scenario: Scenario) -> list[int]:
    """The tiers that somebody is in and another is below."""
    return sorted({group.tier for group in scenario.model.crew})[1:]


def thresholds(scenario: Scenario) -> tuple[Dial, ...]:
    """From how many waiting on a tier a higher one helps, at what share of that it stops, and how many stay free."""
    top = max(group.tier for group in scenario.model.crew)
    below = [
        dial
        for tier in range(1, top)
        for dial in (
            Dial(f"activate_{tier}", 0, 40, 3, "whole"),
            Dial(f"release_{tier}", 0.0, 1.0, 0.5),
        )
    ]
    spare = [
        Dial(f"spare_{tier}", 0, max(1, _heads(scenario, tier) // 2), 1, "whole")
        for tier in tiers_above(scenario)
    ]
    return (*below, *spare)


def with_thresholds(scenario: Scenario, parameters: Parameters, dials: Dials) -> Dials:
    """The thresholds set; a release is a share of its activation."""
    activate, release, spare = dials.activate.copy(), dials.release.copy(), dials.spare.copy()
    for tier in (1, 2, 3):
        activate[tier] = int(parameters.get(f"activate_{tier}", 0))
        release[tier] = int(activate[tier] * parameters.get(f"release_{tier}", 0.0))
        spare[tier] = int(parameters.get(f"spare_{tier}", 0))
    return dials._replace(activate=activate, release=release, spare=spare)


def _heads(scenario: Scenario, tier: int) -> int:
    return sum(group.count for group in scenario.model.crew if group.tier == tier)


def overflow_dials(scenario: Scenario) -> tuple[Dial, ...]:
    """Hard work first; overflow threshold, release and reserve."""
    return thresholds(scenario)


def overflow(scenario: Scenario, parameters: Parameters) -> Dials:
    """With these thresholds."""
    return with_thresholds(scenario, parameters, base(scenario))


def ratio_dials(scenario: Scenario) -> tuple[Dial, ...]:
    """The share of the queue each topic should have, the thresholds, and what the helper's own queue weighs."""
    weighed = (Dial("ratio", 0.0, 5.0, 1.0),) if tiers_above(scenario) else ()
    return (*by_topic("share", 0.1, 10.0)(scenario), *weighed, *thresholds(scenario))


def fixed_ratio(scenario: Scenario, parameters: Parameters) -> Dials:
    """FQR with thresholds."""
    share = topic_values(scenario, parameters, "share")
    dials = with_thresholds(scenario, parameters, base(scenario))
    return dials._replace(share=share / share.sum(), ratio=parameters.get("ratio", 1.0))


def cost_dials(scenario: Scenario) -> tuple[Dial, ...]:
    """What a minute costs by topic, the shape of the cost (linear, quadratic, by the promise) and its time."""
    return (
        *by_topic("cost", 0.1, 10.0)(scenario),
        *weighing_dials(scenario.scale, names=[STEP]),
        Dial("shape", 0, 2, BY_PROMISE, "whole"),
        Dial("lateness_scale", 0.02 * scenario.scale, 30.0 * scenario.scale, scenario.scale, "log"),
    )


def generalized(scenario: Scenario, parameters: Parameters) -> Dials:
    """Gc-mu with these costs."""
    step = parameters.get(STEP, 2.0)
    dials = base(scenario)._replace(
        priority=np.array([1.0, step, step**2, step**3]),
        cost=topic_values(scenario, parameters, "cost"),
        shape=int(parameters.get("shape", BY_PROMISE)),
        lateness_scale=parameters.get("lateness_scale", scenario.scale),
    )
    overload = parameters.get("overload", np.inf)
    return dials._replace(overload=overload, relieved=overload * parameters.get("relieved", 1.0))


def theta_dials(scenario: Scenario) -> tuple[Dial, ...]:
    """As Gc-mu, and when there is too much work for everybody."""
    return (
        *cost_dials(scenario),
        Dial("overload", 0.02, 5.0, 0.5, "log"),
        Dial("relieved", 0.0, 1.0, 0.5),
    )


def ring_dials(scenario: Scenario) -> tuple[Dial, ...]:
    """Minutes until the next ring is asked."""
    return (Dial("ring", 0.005 * scenario.scale, 10.0 * scenario.scale, 0.25 * scenario.scale, "log"),)


def bullseye(scenario: Scenario, parameters: Parameters) -> Dials:
    """With this ring."""
    return base(scenario)._replace(ring=parameters.get("ring", 0.25 * scenario.scale))


USUAL = ("lateness_scale", "patience", "overflow", "brisk", "rest", STEP)
POINTS = ("lateness", "over_qualification", "reserve", "waiting", "age")
FIXED = {"given": 0.0, "skill_fit": 1.0, "surplus_skill": 0.0, "load_spread": 0.0, "growth": 0.0}
START = replace(
    Rules(),
    brisk=0.5,
    rest=10.0,
    weights=Weights(lateness=20.0, over_qualification=5.0, reserve=15.0, waiting=15.0, age=15.0, **FIXED),
)


def our_dials(scenario: Scenario) -> tuple[Dial, ...]:
    """Times, thresholds and the points that matter on this desk; the others are zero or nearly so."""
    several = (
        "load_spread" in scenario.weighs
    )  # where people have several tickets open, even shares are worth a try
    start = replace(START, weights=replace(START.weights, load_spread=30.0 if several else 0.0))
    dials = weighing_dials(scenario.scale, start, [*USUAL, *POINTS, *scenario.weighs])
    return (*dials, *by_topic("cost", 0.1, 10.0)(scenario)) if scenario.by_topic else dials


def ours(scenario: Scenario, parameters: Parameters) -> Dials:
    """Our dials as the kernel takes them; without parameters the product's own."""
    own = {name: value for name, value in parameters.items() if not name.startswith("cost_")}
    rules = turned(START if parameters else Rules(), own)
    cost = topic_values(scenario, parameters, "cost")
    return dials_of(rules, scenario.model.topics)._replace(cost=cost, theta=base(scenario).theta)
