"""Six types of call and 90 agents who know one to six of them: little cross-training is nearly as good as all of it.

Model: Wallace, Whitt 2005, A staffing algorithm for call centers with skill-based routing, M&SOM 7(4), as recalled:
six types with 1.4 calls a minute each, 10 minutes of service, 15 agents whose own type each is, 120 places for calls
in service and waiting. A call goes to an idle agent of its own type, else to the one idle longest; an agent takes
calls of the own type first, else the one that waits longest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import partial
from math import sqrt

import numpy as np
from scipy.special import gammaincc

from benchmarks.validation.table import Row, rows_of
from fengong.engine.routing.kernels.codes import GENERALIZED_CMU
from fengong.engine.simulation.centre.durations import Duration
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Group
from fengong.engine.simulation.centre.run import simulate
from fengong.engine.simulation.centre.streams import Rates, Stream
from fengong.engine.simulation.experiment import Workers, run_seeds
from fengong.engine.simulation.statistics.estimate import Floats
from fengong.engine.simulation.statistics.ratio import ratio
from fengong.engine.staffing.limited import limited_queue

TYPES, AGENTS, PLACES = 6, 90, 120
PER_TYPE, SERVICE = 1.4, 10.0
TARGET = 0.5  # minutes
MINUTES, WARM, RUNS = 55_000.0, 1_000.0, 24
RECORDED = 100_000  # calls looked at one by one, for who served them


@dataclass(frozen=True)
class Anchor:
    """What an independent simulation of the same model found (8 runs of 55,000 minutes, standard error not stated)."""

    skills: int
    blocked: float
    wait: float
    delayed: float
    within_target: float
    by_own: float


ANCHORS = (
    Anchor(1, 0.0402, 3.03, 0.572, 0.475, 1.00),
    Anchor(2, 0.0044, 0.600, 0.426, 0.715, 0.74),
    Anchor(3, 0.0038, 0.471, 0.388, 0.761, 0.70),
    Anchor(4, 0.0038, 0.466, 0.388, 0.761, 0.68),
    Anchor(6, 0.0037, 0.447, 0.380, 0.766, 0.68),
)
NAMES = ("blocked", "wait", "delayed", "within target", "by own")
ROUNDING = (0.00005, 0.0005, 0.0005, 0.0005, 0.005)  # half a step of the last digit printed


def pooled(skills: int, minutes: float) -> Model:
    """Every agent has the own type and `skills` - 1 others, spread evenly over the others.

    Under c-mu with equal costs the quicker go first, and tickets they are quicker at: a billionth is enough for the
    order of own and other types, and changes nothing else.
    """
    stream = partial(Stream, Rates.constant(PER_TYPE), Duration.exponential(SERVICE), promise=TARGET)
    return Model(
        tuple(stream(topic=topic) for topic in range(TYPES)),
        tuple(_agents(skills)),
        horizon=WARM + minutes,
        warmup=WARM,
        places=PLACES,
    )


def _agents(skills: int) -> Iterator[Group]:
    for agent in range(AGENTS):
        own, turn = agent % TYPES, agent // TYPES
        others = [(own + 1 + (turn + step) % (TYPES - 1)) % TYPES for step in range(skills - 1)]
        pace = {own: 1.0, **dict.fromkeys(others, 1.0 + 1e-9)}
        yield Group(1, dict.fromkeys(pace, 3.0), pace=pace)


def pooled_run(skills: int, minutes: float, seed: int) -> Floats:
    """One run: f64[2, figures], in the order of `Anchor`."""
    result = simulate(pooled(skills, minutes), policy=GENERALIZED_CMU, seed=seed, records=RECORDED)
    counts, records = result.counts, result.records
    assert records is not None
    offered, answered = counts.offered.sum(), counts.answered.sum()
    served = records.outcome == 1
    own = (records.stream == records.member % TYPES) & served
    above = [
        counts.blocked.sum(),
        counts.wait_sum.sum(),
        counts.delayed.sum(),
        counts.in_time.sum(),
        own.sum(),
    ]
    return np.array([above, [offered, answered, answered, answered, served.sum()]], dtype=np.float64)


def pooling_rows(minutes: float, workers: Workers | None = None) -> Iterator[Row]:
    """Runs of so many minutes for each number of skills, beside the anchors; with 1 and 6 also beside theory."""
    for anchor in ANCHORS:
        found = run_seeds(partial(pooled_run, anchor.skills, minutes), range(RUNS), workers)
        setting, estimate = f"{anchor.skills} of 6 skills", ratio(found[:, 0], found[:, 1])
        spread = estimate.half * sqrt(minutes * RUNS / (MINUTES * 8)) + np.array(ROUNDING)
        theirs = np.array(astuple(anchor)[1:])
        for name, low, high, mean, half in zip(
            NAMES, theirs - spread, theirs + spread, estimate.mean, estimate.half, strict=True
        ):
            yield Row("pooling", setting, name, float(low), float(high), float(mean), float(half))
        if exact := {1: separate, TYPES: together}.get(anchor.skills):
            known = exact()
            part = found[:, :, : len(known)]
            yield from rows_of("pooling, exact", setting, known, ratio(part[:, 0], part[:, 1], 0.999))


def together() -> dict[str, float]:
    """Everybody knows everything: M/M/90/120, but for the spread of waits, as own types go first."""
    line = limited_queue(
        arrival_rate=TYPES * PER_TYPE, service_rate=1 / SERVICE, servers=AGENTS, places=PLACES
    )
    return dict(zip(NAMES, (line.p_blocked, line.mean_wait, line.p_wait), strict=False))


def separate() -> dict[str, float]:
    """Everybody knows one type: six lines of their own that share the places.

    Cut off at 120 in all, independent reversible lines keep their product form: Kelly 1979, Reversibility and
    Stochastic Networks, section 1.6. One who finds k of the type waiting waits for k + 1 of 15 agents' completions.
    """
    agents, counts = AGENTS // TYPES, np.arange(PLACES + 1)
    steps = np.log(PER_TYPE * SERVICE / np.minimum(counts[1:], agents))
    one = np.exp(np.concatenate([[0.0], np.cumsum(steps)]) - steps[:agents].sum())
    others = one
    for _ in range(TYPES - 2):
        others = np.convolve(others, one)[: PLACES + 1]
    room = np.cumsum(others)[::-1]  # for n of the type itself: the others may be up to 120 - n
    here = one * room
    met = one[:-1] * room[1:]  # as seen by those who are let in
    blocked = 1 - met.sum() / here.sum()
    waiting = np.maximum(counts - agents, 0) @ here / here.sum()
    late = met[agents:] @ gammaincc(counts[agents:-1] - agents + 1, agents / SERVICE * TARGET) / met.sum()
    values = blocked, waiting / (PER_TYPE * (1 - blocked)), met[agents:].sum() / met.sum(), 1 - late
    return dict(zip(NAMES, map(float, values), strict=False))
