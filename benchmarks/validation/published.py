"""Two example models of the ContactCenters library, with the 1000-day results its authors publish. Minutes.

Source: E. Buist, P. L'Ecuyer, ContactCenters, github.com/umontreal-simul/contactcenters at f5ddb4a, examples MMC and
SimpleMSK; 95 % intervals from their .res files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.validation.table import Row
from fengong.engine.routing.kernels.codes import ALIS, STATIC_PRIORITY
from fengong.engine.simulation.centre.durations import Duration
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Group, Headcount, everyone
from fengong.engine.simulation.centre.run import simulate
from fengong.engine.simulation.centre.streams import Rates, Stream
from fengong.engine.simulation.experiment import Workers, run_seeds
from fengong.engine.simulation.statistics.estimate import Floats
from fengong.engine.simulation.statistics.ratio import ratio

TARGET = 1 / 3  # answered within 20 seconds


@dataclass(frozen=True)
class Published:
    """A mean with the bounds of its 95 % interval; they come from 1000 days."""

    mean: float
    low: float
    high: float


MMC = {
    "in target": Published(1816.158, 1812.618, 1819.698),
    "service level": Published(0.902, 0.900, 0.904),
    "speed of answer": Published(0.099, 0.097, 0.102),
    "occupancy": Published(0.695, 0.694, 0.697),
}
SIMPLE_MSK = {
    "served": Published(4297.305, 4270.150, 4324.460),
    "abandoned": Published(910.335, 876.133, 944.537),
    "service level": Published(0.501, 0.494, 0.509),
    "occupancy, group 0": Published(0.881, 0.877, 0.884),
    "in target, type 0, period 0": Published(170.154, 164.338, 175.970),
    "in target, type 0, period 1": Published(599.334, 594.159, 604.509),
    "in target, type 0, period 2": Published(15.490, 13.782, 17.198),
    "in target, type 1, period 0": Published(262.936, 254.597, 271.275),
    "in target, type 1, period 1": Published(511.648, 506.276, 517.020),
    "in target, type 1, period 2": Published(34.697, 31.270, 38.124),
    "in target, type 2, period 0": Published(259.806, 250.178, 269.434),
    "in target, type 2, period 1": Published(613.732, 607.586, 619.878),
    "in target, type 2, period 2": Published(24.888, 22.137, 27.639),
}
PERIOD = 120.0
RATES = ((4.2, 5.3, 3.2), (5.1, 4.3, 4.8), (6.3, 5.2, 4.8))  # by type and period, a minute
BUSYNESS = 28.7  # gamma shape of the one factor a day on all rates
SERVICE, LEAVING = (0.5, 0.6, 0.4), (0.3, 0.4, 0.2)  # rates by period of arrival
AGENTS = ((12, 18, 9), (15, 20, 11))  # by group and period; the last number stays after closing


def mmc(drain: float) -> Model:
    """12 agents, 4.2 calls a minute for eight hours from an empty start; `drain`: minutes they go on afterwards."""
    stream = Stream(Rates.constant(4.2), Duration.exponential(2.0), promise=TARGET)
    return Model((stream,), everyone(12), horizon=480.0, drain=drain)


def simple_msk() -> Model:
    """Three types, two groups, three periods of two hours; type 1 goes to group 0 if it can, else to group 1.

    The order of the groups is that of tiers under static priority, which serves all tickets of one tier in turn.
    """
    streams = tuple(
        Stream(
            Rates.by_period(rates, PERIOD, busyness=BUSYNESS),
            Duration.exponential(1.0).by_period([1 / rate for rate in SERVICE]),
            topic=topic,
            patience=Duration.exponential(1.0).by_period([1 / rate for rate in LEAVING]),
            promise=TARGET,
        )
        for topic, rates in enumerate(RATES)
    )
    crew = tuple(
        Group(
            max(counts),
            dict.fromkeys(topics, 3.0),
            tier=tier,
            headcount=Headcount((*counts, counts[-1]), PERIOD),
        )
        for tier, counts, topics in zip((1, 2), AGENTS, ((0, 1), (1, 2)), strict=True)
    )
    return Model(streams, crew, horizon=3 * PERIOD, drain=PERIOD, period=PERIOD, periods=3)


def mmc_day(seed: int) -> Floats:
    """f64[2, figures]: sums of one day over what they are shares of, in the order of `MMC`.

    All are served, but the occupancy is that of the eight hours.
    """
    day, hours = (simulate(mmc(drain), policy=ALIS, seed=seed) for drain in (PERIOD, 0.0))
    answered, in_time = day.counts.answered.sum(), day.counts.in_time.sum()
    busy, present = hours.people.busy.sum(), hours.people.present.sum()
    return np.array([[in_time, in_time, day.counts.wait_sum.sum(), busy], [1.0, answered, answered, present]])


def simple_msk_day(seed: int) -> Floats:
    """The same in the order of `SIMPLE_MSK`, until the last contact is done with."""
    result = simulate(simple_msk(), policy=STATIC_PRIORITY, seed=seed)
    counts, first = result.counts, slice(max(AGENTS[0]))
    served, gone, in_time = counts.served.sum(), counts.abandoned.sum(), counts.in_time.sum()
    late = gone - counts.gave_up_in_time.sum()
    busy, present = result.people.busy[first].sum(), result.people.present[first].sum()
    above = [served, gone, in_time, busy, *counts.in_time.ravel()]
    return np.array([above, [1.0, 1.0, served + late, present, *np.ones(counts.in_time.size)]])


def published_rows(days: int, workers: Workers | None = None) -> Iterator[Row]:
    """Both models over so many days, with intervals of 95 % as theirs."""
    for name, known, day in (("MMC", MMC, mmc_day), ("SimpleMSK", SIMPLE_MSK, simple_msk_day)):
        found = run_seeds(day, range(days), workers)
        estimate = ratio(found[:, 0], found[:, 1])
        for (figure, theirs), mean, half in zip(
            known.items(), estimate.mean.tolist(), estimate.half.tolist(), strict=True
        ):
            yield Row("published", name, figure, theirs.low, theirs.high, mean, half)
