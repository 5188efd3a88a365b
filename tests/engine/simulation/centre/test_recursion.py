"""The recursion for one pool gives what the events give."""

from __future__ import annotations

import numpy as np
import pytest

from fengong.engine.simulation.centre.durations import Duration
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Behaviour, Group, Shift
from fengong.engine.simulation.centre.run import EVENTS, RECURSION
from tests.engine.simulation.centre.models import constant, exponential, model, run, stream

PLAIN = (
    model(stream(4.5, promise=0.3), 5, 2000.0, warmup=200.0, period=100.0, periods=3),
    model(
        stream(6.0, Duration.lognormal(1.0, 0.7), patience=exponential(2.0), promise=0.5),
        5,
        2000.0,
        warmup=50.0,
    ),
    model(stream(0.9, topic=2, difficulty=2, tier=1), (Group(3, {2: 4.0}, pace=2.5, tier=2),), 3000.0),
)


@pytest.mark.parametrize("given", PLAIN)
def test_recursion_and_events_count_the_same(given: Model):
    quick, slow = run(given, records=0), run(given)
    assert (quick.method, slow.method) == (RECURSION, EVENTS)
    for name in quick.counts.__slots__:
        one, other = getattr(quick.counts, name), getattr(slow.counts, name)
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-7, err_msg=name)
    for name in quick.people.__slots__:
        one, other = getattr(quick.people, name), getattr(slow.people, name)
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-7, err_msg=name)
    np.testing.assert_allclose(quick.in_queue, slow.in_queue, rtol=1e-9)
    np.testing.assert_allclose(quick.in_centre, slow.in_centre, rtol=1e-9)
    assert (quick.waits == slow.waits).all()
    assert quick.events == slow.events


@pytest.mark.parametrize(
    "given",
    [
        model((stream(), stream())),
        model(stream(), places=3),
        model(stream(reopening=0.1)),
        model(stream(awaits=0.1)),
        model(stream(retry=0.1)),
        model(stream(), drain=10.0),
        model(stream(), (Group(1, {0: 3.0}), Group(1, {0: 3.0}, pace=2.0))),
        model(stream(), (Group(1, {0: 3.0}, slots=2),)),
        model(stream(), (Group(1, {0: 3.0}, capacity=10.0),)),
        model(stream(), (Group(1, {0: 3.0}, shifts=(Shift(0.0, 480.0),)),)),
        model(stream(), behaviour=Behaviour(fatigue=0.1)),
        model(stream(), behaviour=Behaviour(growth=0.1)),
        model(stream(difficulty=3), (Group(1, {0: 2.0}),)),
    ],
)
def test_whatever_else_there_is_takes_events(given: Model):
    assert run(given, records=0).method == EVENTS


def test_another_policy_takes_events():
    assert run(model(stream(), 2), "round-robin", records=0).method == EVENTS
    assert run(model(stream(effort=constant(1.0)), 2), records=0).method == RECURSION
