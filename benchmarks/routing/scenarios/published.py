"""Models from the literature: SimpleMSK of the ContactCenters library, and six types with two skills a head."""

from __future__ import annotations

from itertools import product

from benchmarks.routing.scenarios.scenario import Scenario
from fengong.engine.simulation.centre.durations import Duration
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Group, Headcount
from fengong.engine.simulation.centre.streams import Rates, Stream


def simple_msk() -> Scenario:
    """Three types, two groups, three two-hour periods, busy and quiet days (Buist, L'Ecuyer: ContactCenters examples).

    Types 0 and 2 are known to one group each, type 1 to both. Closed after six hours; what waits is still served.
    """
    rates = ((4.2, 5.3, 3.2), (5.1, 4.3, 4.8), (6.3, 5.2, 4.8))
    slow = (0.5, 0.5, 0.6, 0.4, 0.4, 0.4), (0.3, 0.3, 0.4, 0.2, 0.2, 0.2)
    service, patience = slow[0][1:4], slow[1][1:4]
    streams = tuple(
        Stream(
            arrivals=Rates.by_period((*rate, 0.0, 0.0, 0.0), 120.0, busyness=28.7),
            effort=Duration.exponential(1.0).by_period([1 / mu for mu in (*service, 0.4, 0.4, 0.4)]),
            topic=topic,
            planned=2.0,
            patience=Duration.exponential(1.0).by_period([1 / th for th in (*patience, 0.2, 0.2, 0.2)]),
            promise=1 / 3,
        )
        for topic, rate in enumerate(rates)
    )
    crew = (
        Group(18, {0: 4.0, 1: 4.0}, headcount=Headcount((12, 18, 9, 9, 9, 9), 120.0)),
        Group(20, {1: 4.0, 2: 4.0}, headcount=Headcount((15, 20, 11, 11, 11, 11), 120.0)),
    )
    model = Model(streams, crew, horizon=720.0, period=120.0, periods=3)
    return Scenario(
        "simple-msk",
        "SimpleMSK (published)",
        "three types, two groups that share one type, days that differ; customers give up",
        model,
        runs=120,
        scale=1.0,
        pooled="service times of all types are alike, so one queue for everybody waits least in the mean",
        proven=True,
        by_topic=True,
    )


def six_types() -> Scenario:
    """Six types, 90 agents with a first and a second skill, offered load 84, 120 places (after Wallace, Whitt 2005)."""
    streams = tuple(
        Stream(Rates.constant(1.4), Duration.exponential(10.0), topic=topic, promise=0.5)
        for topic in range(6)
    )
    crew = tuple(Group(3, {a: 4.0, b: 3.5}) for a, b in product(range(6), range(6)) if a != b)
    return Scenario(
        "six-types",
        "Six types, 90 agents, two skills each",
        "a steady queue at 93 % load with 120 places; every agent knows two of six types",
        Model(streams, crew, horizon=1500.0, warmup=300.0, places=120),
        runs=24,
        scale=0.5,
        pooled="all service times are alike, so one queue for everybody waits least in the mean",
        proven=True,
        by_topic=True,
    )
