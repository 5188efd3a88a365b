"""Which of our own dials a search may turn, how far, and the rules they make: for `tuning.tune` against an objective.

Not here: what a team wants. That is the objective, which the caller states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from fengong.engine.routing.rules import Rules, Weights
from fengong.engine.simulation.tuning import Dial, Parameters

WEIGHTS = tuple(each.name for each in fields(Weights))
TIMES = ("lateness_scale", "patience")
FREE = ("overflow", "brisk", "rest")
STEP = "priority_step"  # how many times as much each priority weighs as the one below it
ALL = (*TIMES, *FREE, STEP, *WEIGHTS)
_LEAST, _MOST = 0.02, 2000.0  # points
_NARROW, _WIDE = 1 / 50, 30.0  # times the minutes of a usual promise


def weighing_dials(
    minutes: float, rules: Rules | None = None, names: Sequence[str] | None = None
) -> tuple[Dial, ...]:
    """The dials by name, each on a log scale, starting from `rules`; the two times start at `minutes`, which is how
    long a usual promise is.

    `names`: only these, in this order; by default ALL.
    Errors: ValueError for a name that is none of them, or minutes that are not positive.
    """
    if not minutes > 0:
        raise ValueError(f"minutes must be positive, not {minutes!r}")
    return tuple(_dial(name, minutes, rules or Rules()) for name in names or ALL)


def turned(rules: Rules, parameters: Parameters) -> Rules:
    """The rules with the dials at these values; those not named stay. Errors: ValueError for an unknown name."""
    unknown = set(parameters) - {*ALL}
    if unknown:
        raise ValueError(f"no such dial: {', '.join(sorted(unknown))}")
    weights = {name: float(value) for name, value in parameters.items() if name in WEIGHTS}
    step = parameters.get(STEP)
    return replace(
        rules,
        priority=rules.priority if step is None else (1.0, float(step), float(step**2), float(step**3)),
        weights=replace(rules.weights, **weights),
        lateness_scale=float(parameters.get("lateness_scale", rules.lateness_scale)),
        patience=float(parameters.get("patience", rules.patience)),
        overflow=float(parameters.get("overflow", rules.overflow)),
        brisk=float(parameters.get("brisk", rules.brisk)),
        rest=float(parameters.get("rest", rules.rest)),
    )


def _dial(name: str, minutes: float, rules: Rules) -> Dial:
    if name in TIMES:
        return Dial(name, _NARROW * minutes, _WIDE * minutes, minutes, "log")
    if name == "overflow":
        return Dial(name, 0.02, 30.0, rules.overflow, "log")
    if name == "brisk":
        return Dial(name, 0.0, 1.5, min(rules.brisk, 1.5))
    if name == STEP:
        return Dial(name, 1.0, 12.0, 2.0, "log")
    if name in (*WEIGHTS, "rest"):
        usual = float(getattr(rules if name == "rest" else rules.weights, name))
        return Dial(name, _LEAST, _MOST, min(max(usual, _LEAST), _MOST), "log")
    raise ValueError(f"no such dial: {name}")
