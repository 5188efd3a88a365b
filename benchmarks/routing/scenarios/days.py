"""Days that go wrong: a surge, an absence wave, a newcomer cohort, a chat-heavy day, a two-tier desk."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.routing.scenarios.desks import (
    CLOSE,
    DAY,
    HOUR,
    OPEN,
    Kind,
    crew,
    day_rates,
    leaving,
    shift,
    streams,
)
from benchmarks.routing.scenarios.scenario import Scenario
from fengong.engine.simulation.centre.durations import Duration
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Behaviour, Group, Shift
from fengong.engine.simulation.centre.streams import Stream

UNEQUAL = "tickets differ in length, so short ones first could wait less in the mean than one queue in order"


def surge() -> Scenario:
    """Arrivals double for an hour in a three-tier desk; callers give up after half an hour on average."""
    patience = Duration.exponential(30.0)
    return Scenario(
        "surge",
        "A surge",
        "three tiers, 33 members; from eleven to twelve twice as much comes in; customers give up",
        Model(
            streams(times={11: 2.0}, patience=patience),
            crew(),
            horizon=DAY,
            behaviour=Behaviour(failure=(0.0, 0.6, 0.8)),
        ),
        runs=160,
        scale=20.0,
        pooled=UNEQUAL,
    )


def absence() -> Scenario:
    """A quarter of the members are away from half past ten on."""
    away = (1, 1, 1, 2, 1, 0, 1, 1, 0)
    return Scenario(
        "absence",
        "An absence wave",
        "the same desk on a quieter day; from half past ten 8 of 33 members are away",
        Model(
            streams(load=0.85),
            leaving(crew(), away, 10.5 * HOUR),
            horizon=DAY,
            behaviour=Behaviour(failure=(0.0, 0.6, 0.8), guarded=False),
        ),
        runs=160,
        scale=20.0,
        pooled=UNEQUAL,
    )


def newcomers() -> Scenario:
    """A third of the first line are new: slow, unsure, and better with every ticket solved. A working week."""
    kinds = (Kind(1, 1, 1.1, 9.0), Kind(2, 2, 0.30, 13.0, 1), Kind(2, 2, 0.42, 15.0), Kind(3, 3, 0.105, 24.0))
    team = list(crew())
    for t in range(4):
        old = team[t]
        team[t] = replace(old, count=4 if t < 2 else 3)
        team.append(replace(old, count=2 if t < 3 else 1, skills=dict.fromkeys(old.skills, 1.6), pace=1.5))
    grows = Behaviour(
        failure=(0.0, 0.1, 0.8),
        failure_at=(0.5, 0.4, 0.22, 0.1, 0.04, 0.02),
        growth=0.01,
        speed=(1.8, 1.6, 1.35, 1.15, 1.0, 0.95),
    )
    return Scenario(
        "newcomers",
        "A newcomer cohort",
        "7 of 21 in the first line are new: half as fast again, failing more, learning with every ticket; five days",
        Model(streams(kinds, load=0.95), tuple(team), horizon=5 * DAY, behaviour=grows),
        runs=40,
        scale=20.0,
        pooled=UNEQUAL,
        weighs=("growth", "skill_fit"),
    )


def chats() -> Scenario:
    """Several chats at a time, each slower for the others, beside mail that can wait until the afternoon."""
    chat = tuple(
        Stream(
            arrivals=day_rates(0.55 * share, busyness=40.0),
            effort=Duration.lognormal(7.0, 5.0),
            topic=topic,
            priority=priority,
            patience=Duration.exponential(5.0),
            promise=1.0,
            awaits=0.5,
            answer_after=Duration.exponential(2.0),
        )
        for topic in range(3)
        for priority, share in ((2, 1.2), (3, 0.3))
    )
    mail = tuple(
        Stream(
            arrivals=day_rates(0.14, busyness=40.0),
            effort=Duration.lognormal(10.0, 8.0),
            topic=topic,
            priority=2,
            channel=1,
            promise=240.0,
        )
        for topic in range(3)
    )
    team = tuple(
        Group(6, {t: 4.0, (t + 1) % 3: 3.0}, slots=(3, 1), shifts=shift(12.0 + t % 2)) for t in range(3)
    )
    return Scenario(
        "chats",
        "A chat-heavy day",
        "18 members with up to three chats and a mail open, each slower for the others; chatters soon give up",
        Model((*chat, *mail), team, horizon=DAY, behaviour=Behaviour(slowdown=0.35)),
        runs=160,
        scale=2.0,
        pooled=UNEQUAL,
        weighs=("load_spread", "skill_fit"),
    )


def two_tiers() -> Scenario:
    """Three difficulties and two tiers: what a tier cannot do it tries, fails and passes up."""
    kinds = (
        Kind(1, 1, 0.80, 10.0),
        Kind(2, 1, 0.12, 16.0),
        Kind(2, 2, 0.20, 16.0),
        Kind(3, 2, 0.03, 25.0),
        Kind(3, 3, 0.06, 25.0, 2),
    )
    team = (
        Group(4, {0: 4.0, 1: 3.0}, tier=1, shifts=shift(12.0)),
        Group(4, {1: 4.0, 0: 3.0}, tier=1, shifts=shift(13.0)),
        Group(3, {0: 4.0, 1: 3.0}, tier=1, shifts=(Shift(OPEN, CLOSE, ((720.0, 750.0),)),)),
        Group(4, {0: 5.0, 1: 5.0}, tier=2, pace=0.95, shifts=shift(12.0)),
        Group(4, {0: 5.0, 1: 5.0}, tier=2, pace=0.95, shifts=shift(13.0)),
    )
    return Scenario(
        "two-tiers",
        "Two tiers, three difficulties",
        "19 members; triage errs, the lower tier fails on what is too hard and passes it up; promises by priority",
        Model(
            streams(kinds, topics=(0.55, 0.45)),
            team,
            horizon=DAY,
            behaviour=Behaviour(failure=(0.0, 0.5, 0.9)),
        ),
        runs=240,
        scale=20.0,
        pooled=UNEQUAL,
    )
