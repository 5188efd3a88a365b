"""What the week is: how long, how many, how fast. Times of the desk are in minutes from its first midnight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

START = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
"""Midnight before a Monday in Shanghai."""
GO = "WEEK_BEGUN"
"""The variable that names the file that holds, once all are ready, when the week began."""
DAY = 1440.0
TOPICS = 6
SURGE = ((2 * DAY + 840, 2 * DAY + 960), 4.0)
"""Wednesday from 14:00 to 16:00 the first topic gets four times its letters."""
BY_DAY = [1, 1, 1, 1, 1, 2, 3, 6, 14, 18, 20, 18, 12, 14, 18, 18, 16, 12, 8, 7, 7, 6, 4, 2]
"""How many letters come in each hour of the day, in proportion."""
AT_WEEKENDS = 0.4
ALWAYS = 2.0
"""What an hour without letters counts for: people come and go, and finish what they have."""


@dataclass(frozen=True)
class Scene:
    """`begins` and `ends` are minutes of the week that is played, `seconds` how long that takes."""

    name: str
    members: int
    tickets: int
    begins: float
    ends: float
    seconds: float
    killed: float

    @property
    def days(self) -> float:
        return round((self.ends - self.begins) / DAY, 2)

    @property
    def speed(self) -> float:
        """Seconds of the desk in one real second, on average."""
        return 60 * (self.ends - self.begins) / self.seconds

    @cached_property
    def letters(self) -> NDArray[np.float64]:
        """What comes in each hour that is played, in proportion."""
        hours = range(int(self.begins // 60), int(self.ends // 60))
        return np.array([BY_DAY[hour % 24] * (AT_WEEKENDS if hour // 24 % 7 >= 5 else 1.0) for hour in hours])

    @cached_property
    def _hours(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where each hour ends, in minutes of the week and in real seconds: busy hours take longer than nights."""
        shares: NDArray[np.float64] = np.cumsum(self.letters + ALWAYS)
        minutes = self.begins + 60.0 * np.arange(len(shares) + 1, dtype=np.float64)
        return minutes, np.concatenate([[0.0], self.seconds * shares / shares[-1]])

    def minute(self, seconds: float) -> float:
        """The minute of the week so many real seconds after the beginning."""
        minutes, real = self._hours
        return float(np.interp(seconds, real, minutes)) + max(0.0, seconds - self.seconds) * self.speed / 60

    def second(self, minute: float) -> float:
        """Real seconds from the beginning to this minute of the week."""
        minutes, real = self._hours
        return float(np.interp(minute, minutes, real))

    @property
    def kill_at(self) -> float:
        """When the worker is killed, in real seconds from the beginning."""
        return self.second(self.killed)

    def stretched(self, seconds: str | None) -> Scene:
        """The same week in so many real seconds, where they are given."""
        return replace(self, seconds=float(seconds)) if seconds else self


FULL = Scene("full", 50, 20_000, begins=0, ends=7 * DAY, seconds=1800, killed=3 * DAY + 630)
QUICK = Scene("quick", 10, 60, begins=2 * DAY + 480, ends=2 * DAY + 600, seconds=6, killed=2 * DAY + 540)
SCENES = {scene.name: scene for scene in (FULL, QUICK)}
