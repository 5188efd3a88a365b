"""One table of a scenario file, asked key by key; a wrong answer becomes a fault with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from fengong.planning.whatif.problems import BadScenario, Place
from fengong.planning.whatif.scenario_file.document import Document, Way


@dataclass(frozen=True, slots=True)
class Entry:
    """The table at `way` of a document."""

    document: Document
    way: Way
    data: Mapping[str, Any]

    @property
    def place(self) -> Place:
        """Where the table begins."""
        return self.document.at(self.way)

    def at(self, key: str) -> Place:
        """Where the value of a key stands."""
        return self.document.at((*self.way, key))

    def fault(self, key: str | None, code: str, **detail: object) -> BadScenario:
        """Return what to raise about a key, or about the whole table."""
        place = self.place if key is None else self.at(key)
        return BadScenario(self.document.path, place, code, key=key or "", **detail)

    def only(self, *known: str) -> None:
        """Refuse keys that mean nothing."""
        for key in self.data:
            if key not in known:
                near = get_close_matches(key, known, 1)
                place = self.document.at_key((*self.way, key))
                detail = {"near": near[0] if near else "", "known": known}
                raise BadScenario(self.document.path, place, "unknown-key", key=key, **detail)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self.data

    def need(self, *keys: str) -> None:
        """Refuse a table that leaves one of these out."""
        for key in keys:
            if key not in self.data:
                raise self.fault(None, "missing", what=key)

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self.data[key]
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, "wants-text")
        return value

    def number(self, key: str, *, least: float, most: float = float("inf")) -> float:
        """Return a number within bounds."""
        value = self.data[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            code = "wants-number" if most == float("inf") else "wants-between"
            raise self.fault(key, code, least=f"{least:g}", most=f"{most:g}")
        return float(value)

    def whole(self, key: str, *, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        value = self.data[key]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.fault(key, "wants-whole", least=least, most=most)
        return value

    def day(self, key: str) -> date:
        """Return a day, written as TOML's own date or as text."""
        value = self.data[key]
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.fault(key, "wants-day") from None

    def table(self, key: str) -> Entry:
        """Return the table under a key; an empty one when it is not there."""
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            raise self.fault(key, "wants-table")
        return Entry(self.document, (*self.way, key), value)

    def rows(self, key: str) -> list[Entry]:
        """Return the tables in the list under a key."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.fault(key, "wants-list")
        return [Entry(self.document, (*self.way, key, i), row) for i, row in enumerate(value)]
