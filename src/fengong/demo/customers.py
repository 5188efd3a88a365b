"""The live demo's customers: they write in one after the other, and now and then many at once about one thing.

How many come adapts to how many wait: a demo left alone for a week has a lively board, not an endless queue.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from fengong.demo.compose import story
from fengong.demo.deeds import Deeds
from fengong.demo.dice import Dice
from fengong.demo.topics import TOPICS
from fengong.desk import queries as desk

EVERY = 7.0
"""Seconds between two customers on average, at speed 1 and with nobody waiting."""
CALM = 8
"""With this many waiting, half as many come; with twice as many a fifth."""
FULL = 40
"""With this many waiting nobody comes."""
BURSTS = 0.012
"""How often a customer is the first of a burst, and how many there are in one."""
IN_BURST = (5, 11)
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody writes, about anything or about a topic."""

    at: datetime
    topic: str = ""


class Customers:
    """Everybody who writes in."""

    def __init__(self, deeds: Deeds, *, seed: int, speed: float, at: datetime) -> None:
        self._deeds, self._seed, self._speed = deeds, seed, speed
        self._dice = Dice("customers", seed, at.isoformat())
        self._coming = [Arrival(at)]
        self._last = 0

    def write(self, *, at: datetime) -> int:
        """Those whose time has come open tickets; returns how many did."""
        due = [arrival for arrival in self._coming if arrival.at <= at]
        if not due:
            return 0
        waiting = desk.waiting().count()
        room = max(0, min(FULL - waiting, AT_ONCE))
        for arrival in due[:room]:
            self._open(arrival, at)
        self._coming = [arrival for arrival in self._coming if arrival.at > at]
        if not any(not arrival.topic for arrival in self._coming):
            self._expect(at, waiting)
        return min(len(due), room)

    def _open(self, arrival: Arrival, at: datetime) -> None:
        self._last = number = max(int(at.timestamp() * 1000), self._last + 1)
        told = story(self._seed, number, topic=arrival.topic)
        self._deeds.open(told, at=at, topic=arrival.topic)

    def _expect(self, at: datetime, waiting: int) -> None:
        """Set the time of the next customer, and perhaps of a burst."""
        slower = 1 + (waiting / CALM) ** 2
        gap = -math.log(1 - self._dice.fraction()) * EVERY * slower / self._speed
        self._coming.append(Arrival(at + timedelta(seconds=min(max(gap, 0.2 / self._speed), 120))))
        if waiting < CALM and self._dice.chance(BURSTS):
            topic = self._dice.weighted([(plan.slug, plan.share) for plan in TOPICS])
            for _ in range(self._dice.whole(*IN_BURST)):
                later = self._dice.between(2, 50) / self._speed
                self._coming.append(Arrival(at + timedelta(seconds=later), topic))
