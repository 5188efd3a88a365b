"""The two models in our own words; `peers` says the same in the words of others."""

from __future__ import annotations

from fengong.engine.simulation.centre.durations import Duration
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Group, everyone
from fengong.engine.simulation.centre.streams import Rates, Stream

SERVERS, RATE = 20, 18.0  # M/M/20: one minute of work each
KINDS, MANY, PLACES = 6, 90, 120
KIND_RATE, KIND_EFFORT = 1.4, 10.0  # calls a minute of each kind, minutes of work each


def queue(horizon: float) -> Model:
    """M/M/20 at 0.9."""
    return Model((Stream(Rates.constant(RATE), Duration.exponential(1.0)),), everyone(SERVERS), horizon)


def desk(horizon: float) -> Model:
    """Six kinds of calls, agents who know two kinds in a ring, limited places."""
    effort = Duration.exponential(KIND_EFFORT)
    streams = tuple(Stream(Rates.constant(KIND_RATE), effort, topic=kind) for kind in range(KINDS))
    crew = tuple(Group(MANY // KINDS, dict.fromkeys(knows(kind), 3.0)) for kind in range(KINDS))
    return Model(streams, crew, horizon, places=PLACES)


def knows(kind: int) -> tuple[int, int]:
    """The two kinds that agents of this kind know."""
    return kind, (kind + 1) % KINDS
