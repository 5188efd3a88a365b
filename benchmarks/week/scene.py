"""What the week is: how long, how many, how fast. Times of the desk are in minutes from its first midnight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

START = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
"""Midnight before a Monday in Shanghai."""
GO = "WEEK_BEGUN"
"""The variable that names the file that holds, once all are ready, when the week began."""
DAY = 1440.0
TOPICS = 6
SURGE = ((2 * DAY + 840, 2 * DAY + 960), 4.0)
"""Wednesday from 14:00 to 16:00 the first topic gets four times its letters."""


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
        """Seconds of the desk in one real second."""
        return 60 * (self.ends - self.begins) / self.seconds

    @property
    def kill_at(self) -> float:
        """When the worker is killed, in real seconds from the beginning."""
        return 60 * (self.killed - self.begins) / self.speed

    def stretched(self, seconds: str | None) -> Scene:
        """The same week in so many real seconds, where they are given."""
        return replace(self, seconds=float(seconds)) if seconds else self


FULL = Scene("full", 50, 20_000, begins=0, ends=7 * DAY, seconds=1800, killed=3 * DAY + 630)
QUICK = Scene("quick", 10, 60, begins=2 * DAY + 480, ends=2 * DAY + 600, seconds=6, killed=2 * DAY + 540)
SCENES = {scene.name: scene for scene in (FULL, QUICK)}
