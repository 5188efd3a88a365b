"""What can be wrong with a scenario. The words for each code stand in `refusals`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands in a file; both count from 1."""

    line: int
    column: int


class BadScenario(Exception):
    """The scenario cannot be run; `code` names the sentence to show, `detail` fills it."""

    def __init__(self, path: Path, place: Place | None, code: str, **detail: object) -> None:
        super().__init__(f"{path}:{place} {code} {detail}")
        self.path = path
        self.place = place
        self.code = code
        self.detail = detail
