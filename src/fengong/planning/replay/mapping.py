"""The mapping file: which column says what, how tiers are read from a team's name, what each status means, the targets.

A column may be given by several names; the first one the log has is used, so one mapping can serve a log in several
shapes. Patterns are shell patterns (`Wait*`); an exact name goes before a pattern, an earlier pattern before a later.
"""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fengong.planning.replay.problems import Problem

REQUIRED = ("case", "time", "person", "status")
OPTIONAL = ("team", "detail", "topic", "priority")
STATES = ("queued", "assigned", "active", "customer", "held", "resolved", "closed", "ignored")
PRIORITIES = {"low": 1, "normal": 2, "high": 3, "urgent": 4}
_TABLES = {"log", "columns", "hints", "tiers", "states", "priorities", "targets", "people", "topics"}


@dataclass(frozen=True, slots=True)
class Target:
    """Promised times in minutes of the calendar; the clock of the second stops while the customer is waited for."""

    first_response: float
    resolution: float


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, checked. `columns` and `hints` hold the possible names of each column."""

    columns: dict[str, tuple[str, ...]]
    hints: tuple[tuple[str, ...], ...]
    states: tuple[tuple[str, str], ...]
    tiers: tuple[tuple[re.Pattern[str], int], ...]
    default_tier: int
    tier_column: str
    priorities: dict[str, int]
    targets: dict[int, Target]
    systems: tuple[str, ...]
    least_cases: int
    encoding: str = "utf-8"
    delimiter: str | None = None
    time_format: str | None = None
    statuses: dict[str, str | None] = field(default_factory=dict)

    def wanted(self) -> tuple[str, ...]:
        """Return every column name that could be of use."""
        groups = [*self.columns.values(), *self.hints]
        return tuple(dict.fromkeys(name for names in groups for name in names))

    def state(self, status: str) -> str | None:
        """Return what a status means, None when no pattern knows it."""
        if status not in self.statuses:
            self.statuses[status] = self._match(status)
        return self.statuses[status]

    def _match(self, status: str) -> str | None:
        exact = dict(reversed(self.states))
        if status in exact:
            return exact[status]
        return next((state for pattern, state in self.states if fnmatch.fnmatchcase(status, pattern)), None)

    def tier(self, name: str) -> int:
        """Return the line a team (or what the mapping reads tiers from) belongs to."""
        return next((tier for pattern, tier in self.tiers if pattern.search(name)), self.default_tier)

    def system(self, person: str) -> bool:
        """Tell whether this name is a machine's or a blank, not a person's."""
        return any(fnmatch.fnmatchcase(person, pattern) for pattern in self.systems)


def load_mapping(path: Path) -> Mapping:
    """Read and check a mapping file. Raises `Problem`."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem("unreadable", path=path, reason=error.strerror or error) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem("broken-mapping", path=path, reason=error) from error
    try:
        return _checked(data)
    except (TypeError, ValueError, AttributeError, KeyError, re.error) as error:
        raise Problem("broken-mapping", path=path, reason=error) from error


def default_mapping() -> Mapping:
    """Return the mapping for logs that use Fengong's own column names."""
    return _checked({})


def _checked(data: MappingType[str, Any]) -> Mapping:
    unknown = sorted(set(data) - _TABLES)
    if unknown:
        raise ValueError(f"unknown table [{unknown[0]}]; known: {', '.join(sorted(_TABLES))}")
    columns = {name: (name,) for name in (*REQUIRED, *OPTIONAL)} | {
        name: _names(value) for name, value in data.get("columns", {}).items()
    }
    strange = sorted(set(columns) - {*REQUIRED, *OPTIONAL})
    if strange:
        raise ValueError(
            f"unknown name {strange[0]!r} in [columns]; known: {', '.join((*REQUIRED, *OPTIONAL))}"
        )
    log, tiers, people = data.get("log", {}), data.get("tiers", {}), data.get("people", {})
    return Mapping(
        columns=columns,
        hints=tuple(_names(value) for value in data.get("hints", {}).values()),
        states=_states(data.get("states", {})),
        tiers=tuple((re.compile(rule["match"]), _tier(rule["tier"])) for rule in tiers.get("rules", [])),
        default_tier=_tier(tiers.get("default", 1)),
        tier_column=str(tiers.get("column", "team")),
        priorities=_priorities(data.get("priorities", {})),
        targets=_targets(data.get("targets", {})),
        systems=_names(people.get("systems", [])),
        least_cases=int(data.get("topics", {}).get("least_cases", 30)),
        encoding=str(log.get("encoding", "utf-8")),
        delimiter=log.get("delimiter"),
        time_format=log.get("time_format"),
    )


def _names(value: str | list[str]) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not all(isinstance(name, str) for name in names):
        raise ValueError(f"expected a name or a list of names, found {value!r}")
    return tuple(names)


def _states(table: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    strange = sorted(set(table) - set(STATES))
    if strange:
        raise ValueError(f"unknown state {strange[0]!r} in [states]; known: {', '.join(STATES)}")
    if not table:
        return tuple((state, state) for state in STATES)
    return tuple((pattern, state) for state, patterns in table.items() for pattern in _names(patterns))


def _tier(value: Any) -> int:
    if value not in (1, 2, 3):
        raise ValueError(f"a tier is 1, 2 or 3, not {value!r}")
    return int(value)


def _priorities(table: dict[str, Any]) -> dict[str, int]:
    chosen = table or {name: name for name in PRIORITIES}
    return {label: PRIORITIES[name] for name, labels in chosen.items() for label in _names(labels)}


def _targets(table: dict[str, Any]) -> dict[int, Target]:
    usual = {"low": (480, 7200), "normal": (240, 4320), "high": (60, 1440), "urgent": (30, 480)}
    given = {
        name: (float(row["first_response_minutes"]), float(row["resolution_minutes"]))
        for name, row in table.items()
    }
    return {PRIORITIES[name]: Target(*pair) for name, pair in (usual | given).items()}
