"""The one shape all readers produce."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Advance = Callable[[int], None]  # told how many more bytes of the file have been read


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be used: its line in the file, why, and the facts for the sentence."""

    line: int
    code: str
    detail: dict[str, object]


@dataclass(slots=True)
class Table:
    """Rows of text. `names` are the columns the file has; `rows[i]` holds the wanted ones, None where empty.

    `lines[i]` is the line of the file where row i ends (CSV) or begins (XES).
    """

    names: tuple[str, ...]
    wanted: tuple[str, ...]
    rows: list[list[str | None]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, row: list[str | None]) -> None:
        """Append one row."""
        self.lines.append(line)
        self.rows.append(row)
