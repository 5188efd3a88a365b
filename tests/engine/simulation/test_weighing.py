from __future__ import annotations

from dataclasses import replace

import pytest

from fengong.engine.routing.rules import Rules, Weights
from fengong.engine.simulation.weighing import turned, weighing_dials


def test_the_starting_point_is_the_rules_themselves_but_for_their_times():
    dials = weighing_dials(20.0)
    start = {dial.name: dial.start for dial in dials}
    assert turned(Rules(), start) == replace(Rules(), lateness_scale=20.0, patience=20.0, rest=0.02)


def test_a_weight_of_zero_starts_as_small_as_can_be():
    (dial,) = weighing_dials(20.0, Rules(weights=Weights(growth=0.0)), ["growth"])
    assert dial.start == dial.low > 0


def test_dials_that_are_not_named_stay():
    rules = Rules(reach=1, weights=Weights(given=7.0))
    new = turned(rules, {"age": 3.0, "overflow": 2.0})
    assert (new.weights.age, new.overflow) == (3.0, 2.0)
    assert new == replace(rules, overflow=2.0, weights=replace(rules.weights, age=3.0))


def test_priorities_weigh_by_steps():
    assert turned(Rules(), {"priority_step": 3.0}).priority == (1.0, 3.0, 9.0, 27.0)
    assert turned(Rules(priority=(1.0, 1.0, 5.0, 9.0)), {}).priority == (1.0, 1.0, 5.0, 9.0)


def test_names_and_minutes_that_make_no_sense():
    with pytest.raises(ValueError, match="colour"):
        turned(Rules(), {"colour": 1.0})
    with pytest.raises(ValueError, match="colour"):
        weighing_dials(20.0, names=["colour"])
    with pytest.raises(ValueError, match="minutes"):
        weighing_dials(0.0)
