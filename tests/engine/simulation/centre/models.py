"""Small models that tests vary."""

from __future__ import annotations

from typing import Any

from fengong.engine.simulation.centre.durations import Duration
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Group, everyone
from fengong.engine.simulation.centre.result import Result
from fengong.engine.simulation.centre.run import simulate
from fengong.engine.simulation.centre.streams import Rates, Stream

DAY = 1440.0
exponential = Duration.exponential
constant = Duration.constant


def stream(per_minute: float = 0.5, effort: Duration | None = None, **facts: Any) -> Stream:
    """Poisson arrivals, exponential work of one minute."""
    return Stream(Rates.constant(per_minute), effort or exponential(1.0), **facts)


def model(
    streams: Stream | tuple[Stream, ...],
    crew: int | tuple[Group, ...] = 1,
    horizon: float = 20_000.0,
    **facts: Any,
) -> Model:
    """A model of these; `crew` as a number means people who are alike."""
    ours = streams if isinstance(streams, tuple) else (streams,)
    topics = 1 + max(each.topic for each in ours)
    people = everyone(crew, topics=topics) if isinstance(crew, int) else crew
    return Model(ours, people, horizon, **facts)


def run(given: Model, policy: str | int = "alis", seed: int = 3, **facts: Any) -> Result:
    """Simulate it by events."""
    return simulate(given, policy=policy, seed=seed, **({"records": 1} | facts))


def difference(result: Result) -> int:
    """Contacts that are neither served nor gone nor there: there are none."""
    counts = result.counts
    gone = counts.served + counts.abandoned + counts.blocked + counts.left
    return int(abs(counts.offered - gone).sum())
