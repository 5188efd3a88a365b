"""The live demo: a process of its own beside the server. When it fails it is started again, and nobody else notices."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections

from fengong.demo.customers import Customers
from fengong.demo.deeds import Deeds
from fengong.demo.members import Members
from fengong.demo.presence import Presence
from fengong.demo.setup import People, build_desk, plan_shifts
from fengong.demo.state import remembered
from fengong.kernel import clock
from fengong.people import queries as people

TICK = 0.5  # seconds
LOOK_AROUND = timedelta(seconds=5)
ROSTER = timedelta(hours=1)
SIGNED_IN = timedelta(minutes=10)
"""A member is a real person's for this long after that person was last seen."""

logger = logging.getLogger(__name__)


class Stage:
    """Customers and members, one step after the other."""

    def __init__(self, everybody: People, *, seed: int, speed: float, at: datetime) -> None:
        deeds = Deeds()
        self._everybody, self._began = everybody, at
        self._customers = Customers(deeds, seed=seed, speed=speed, at=at)
        self._members = Members(deeds, seed=seed, speed=speed, at=at)
        self._presence = Presence(everybody, speed=speed)
        self._look_at = self._plan_at = at
        self._real = people.members_seen_since(at - SIGNED_IN)
        self._resting: set[int] = set()

    def step(self, *, at: datetime) -> None:
        """Do what is due: shifts, presence, customers, members."""
        if at >= self._plan_at:
            plan_shifts(self._everybody, anchor=self._began, at=at)
            self._plan_at = at + ROSTER
        if at >= self._look_at:
            real = people.members_seen_since(at - SIGNED_IN)
            self._presence.welcome(real - self._real, at=at)
            self._real = real
            self._resting = self._presence.keep(at=at, real=self._real)
            self._look_at = at + LOOK_AROUND
        self._customers.write(at=at)
        self._members.work(at=at, real=self._real, resting=self._resting)


def main(speed: str = "1") -> int:
    """Play until stopped."""
    at = clock.now()
    state = remembered(settings.DATA, at=at)
    stage = Stage(build_desk(password=state.password, at=at), seed=state.seed, speed=float(speed), at=at)
    while True:
        close_old_connections()
        try:
            stage.step(at=clock.now())
        except Exception:
            logger.exception("The demo missed a step and goes on")
            time.sleep(2)
        time.sleep(TICK)
