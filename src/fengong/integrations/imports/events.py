"""What can happen to imports."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class ImportStarted(Fact):
    verb = "import.started"
    about = ("import_run",)
    import_run: int
    source: str
    dry: bool


@dataclass(frozen=True)
class ImportEnded(Fact):
    verb = "import.ended"
    about = ("import_run",)
    import_run: int
    new: int
    changed: int
    refused: int
