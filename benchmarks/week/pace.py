"""The week's clock: it stands still until everybody is ready, and then goes faster than the wall's."""

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
        gone = time.time() - self._begun if self.has_begun else 0.0
        return self.scene.begins + gone * self.scene.speed / 60

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
