"""A three-tier desk of four topics that several scenarios start from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from fengong.engine.simulation.centre.durations import Duration, never
from fengong.engine.simulation.centre.people import Group, Shift
from fengong.engine.simulation.centre.streams import Rates, Stream

HOUR, DAY = 60.0, 1440.0
OPEN, CLOSE = 9 * HOUR, 18.5 * HOUR
SHAPE = (0.8, 1.1, 1.25, 1.1, 0.8, 0.95, 1.1, 1.05, 0.5)  # arrivals by hour from nine to six
PRIORITIES = ((1, 0.20, 60.0), (2, 0.55, 20.0), (3, 0.20, 10.0), (4, 0.05, 3.0))  # share, minutes promised
TOPICS = (0.35, 0.30, 0.20, 0.15)


@dataclass(frozen=True)
class Kind:
    """Tickets of one difficulty: `per_minute` on an average open minute; `graded` what triage believes."""

    difficulty: int
    graded: int
    per_minute: float
    effort: float
    tier: int | None = None


KINDS = (
    Kind(1, 1, 1.66, 9.0),
    Kind(2, 1, 0.05, 15.0),  # triage takes one medium ticket in ten for an easy one
    Kind(2, 2, 0.42, 15.0),
    Kind(3, 2, 0.008, 24.0),
    Kind(3, 3, 0.105, 24.0),
)


def day_rates(per_minute: float, *, times: dict[int, float] | None = None, busyness: float = 60.0) -> Rates:
    """Arrivals over the open hours; `times` multiplies single hours of the day."""
    more = times or {}
    by_hour = [0.0] * 24
    for place, share in enumerate(SHAPE):
        by_hour[9 + place] = per_minute * share * more.get(9 + place, 1.0)
    return Rates.by_period(by_hour, HOUR, busyness=busyness)


def streams(
    kinds: tuple[Kind, ...] = KINDS,
    *,
    load: float = 1.0,
    times: dict[int, float] | None = None,
    patience: Duration | None = None,
    topics: tuple[float, ...] = TOPICS,
) -> tuple[Stream, ...]:
    """One stream per kind, topic and priority."""
    return tuple(
        Stream(
            arrivals=day_rates(load * kind.per_minute * share * part, times=times),
            effort=Duration.lognormal(kind.effort, 0.7 * kind.effort),
            topic=topic,
            difficulty=kind.difficulty,
            graded=kind.graded,
            tier=kind.tier,
            priority=priority,
            patience=patience or never(),
            promise=promise,
        )
        for kind, (topic, share), (priority, part, promise) in product(kinds, enumerate(topics), PRIORITIES)
    )


def shift(lunch: float, *, end: float = CLOSE) -> tuple[Shift, ...]:
    """A day with an hour's break from `lunch` o'clock, or only up to `end`."""
    if end <= lunch * HOUR:
        return (Shift(OPEN, end),)
    return (Shift(OPEN, end, ((lunch * HOUR, (lunch + 1) * HOUR),)),)


def crew() -> tuple[Group, ...]:
    """20 + 9 + 4 members: two topics each in the first line, three in the second, all in the third."""
    first = [
        Group(5, {t: 4.0, (t + 1) % 4: 3.0}, tier=1, shifts=shift(12.0 if t % 2 else 13.0)) for t in range(4)
    ]
    second = [
        Group(3, {t: 5.0, (t + 1) % 4: 4.0, (t + 2) % 4: 4.0}, tier=2, shifts=shift(12.0 if t == 1 else 13.0))
        for t in range(3)
    ]
    third = [Group(2, dict.fromkeys(range(4), 5.0), tier=3, shifts=shift(12.0 + t)) for t in range(2)]
    return (*first, *second, *third)


def leaving(groups: tuple[Group, ...], away: tuple[int, ...], at: float) -> tuple[Group, ...]:
    """The crew with `away[g]` members of group g gone from the minute `at`."""
    found: list[Group] = []
    for group, gone in zip(groups, away, strict=True):
        if group.count > gone:
            found.append(replace(group, count=group.count - gone))
        if gone:
            found.append(replace(group, count=gone, shifts=(Shift(OPEN, at),)))
    return tuple(found)
