"""Contact by contact: the simulator and a few lines of plain Python on the same arrivals, work and patience."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from benchmarks.validation.graphs import graphs
from benchmarks.validation.simulated import DRAIN, RULES, policy_of
from benchmarks.validation.systems import System, one_line, ranked
from fengong.engine.simulation.centre.durations import Duration, never
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Group
from fengong.engine.simulation.centre.run import simulate
from fengong.engine.simulation.centre.streams import Stream
from fengong.engine.simulation.centre.streams import Trace as Recorded
from tests.engine.simulation.validation.plain import Floor, Trace, drawn

MINUTES = 300.0
SYSTEMS = {
    "one line": one_line(5, 4.5),
    "patience": one_line(5, 6.0, patience_rate=2.0),
    "places": one_line(5, 5.0, places=8),
    "priorities": ranked(4, 1.0, 1.4, 1.2),
    **dict(graphs()),
}


def compiled(system: System, trace: Trace, patience: float) -> tuple[np.ndarray, np.ndarray]:
    """When each contact was begun (nan: never) and ended."""
    streams = tuple(
        Stream(
            Recorded(trace.arrival[trace.topic == topic], trace.work[trace.topic == topic]),
            Duration.exponential(1.0),
            topic=topic,
            priority=4
            - max(skill.taken for group in system.groups for skill in group.skills if skill.topic == topic),
            patience=Duration.constant(patience) if patience < inf else never(),
        )
        for topic in range(len(system.arrival_rates))
    )
    crew = tuple(
        Group(group.members, {skill.topic: 3.0 for skill in group.skills}, pace=1 / group.speed)
        for group in system.groups
    )
    model = Model(streams, crew, horizon=MINUTES + 1.0, drain=DRAIN, places=system.places or inf)
    records = simulate(
        model, policy=policy_of(system), seed=1, rules=RULES, records=len(trace.arrival)
    ).records
    places = [np.flatnonzero(trace.topic == topic) for topic in range(len(streams))]
    order = np.array(
        [places[stream][number] for stream, number in zip(records.stream, records.number, strict=True)]
    )
    begun, ended = np.full((2, len(trace.arrival)), np.nan)
    begun[order], ended[order] = records.begun, records.ended
    return begun, ended


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_contact_is_begun_at_the_same_time(name):
    system = SYSTEMS[name]
    patience = 1 / system.patience_rate if system.patience_rate else inf
    trace = drawn(system, MINUTES, seed=11)
    trace = Trace(trace.arrival, trace.topic, trace.work, np.full(len(trace.arrival), patience))
    begun, ended = compiled(system, trace, patience)
    plain = Floor(system, trace).run()
    assert begun == pytest.approx(plain.begun, abs=1e-6, nan_ok=True)
    left = ~np.isnan(plain.left)
    assert ended[left] == pytest.approx(plain.left[left], abs=1e-6)
    assert left.any() == (patience < inf)
    assert plain.blocked.any() == bool(system.places)
    assert (begun > trace.arrival).mean() > 0.2
