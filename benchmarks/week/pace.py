"""The week's clock: it stands still until everybody is ready, then goes faster than the wall's, by night more so."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from benchmarks.week.scene import START, Scene


@dataclass
class Week:
    """A scene and the file that says when it began."""

    scene: Scene
    file: Path

    @property
    def minute(self) -> float:
        """Now, in minutes of the week."""
        return self.scene.minute(time.time() - self._begun) if self.has_begun else self.scene.begins

    def minute_at(self, moment: float) -> float:
        """The minute of the week at a moment of the wall's clock."""
        return self.scene.minute(moment - self._begun)

    def late(self, minute: float) -> float:
        """Real seconds since this minute of the week."""
        return time.time() - self._begun - self.scene.second(minute)

    def now(self) -> datetime:
        return START + timedelta(minutes=self.minute)

    @property
    def has_begun(self) -> bool:
        return "_begun" in self.__dict__ or self.file.exists()

    @cached_property
    def _begun(self) -> float:
        return float(self.file.read_text())

    def ready(self) -> None:
        """Say so, and wait until everybody is."""
        print("ready", flush=True)
        while not self.has_begun:
            time.sleep(0.02)
