"""Turns a table of text into an event log of numbers, row by row, keeping account of what could not be used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from fengong.planning.replay.mapping import OPTIONAL, REQUIRED, STATES, Mapping
from fengong.planning.replay.problems import BadRow, Problem
from fengong.planning.replay.readers.table import Fault, Table

_NO_TEAM = "-"
_NO_TOPIC = "-"


Name = TypeVar("Name")


@dataclass(slots=True)
class Names(Generic[Name]):
    """Numbers for names, in the order they first appear."""

    codes: dict[Name, int] = field(default_factory=dict)

    def code(self, name: Name) -> int:
        """Return the number of a name, a new one when it is new."""
        return self.codes.setdefault(name, len(self.codes))

    def all(self) -> tuple[str, ...]:
        """Return the names in the order of their numbers."""
        return tuple(str(name) for name in self.codes)


@dataclass(slots=True)
class Assembled:
    """Columns of numbers: events as (case, seconds, person, team, state), cases as (topic, priority, hints…)."""

    events: list[tuple[int, float, int, int, int]] = field(default_factory=list)
    facts: list[tuple[int, ...]] = field(default_factory=list)
    cases: Names[str] = field(default_factory=Names)
    people: Names[tuple[str, int]] = field(default_factory=Names)
    teams: Names[str] = field(default_factory=Names)
    topics: Names[str] = field(default_factory=Names)
    hints: tuple[Names[str | None], ...] = ()
    tiers: dict[int, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    ignored: int = 0
    offset: float = 0.0  # seconds the log's local time is ahead of UTC


def columns_of(table: Table, mapping: Mapping) -> dict[str, int]:
    """Return where each column of the mapping stands in the rows. Raises `Problem` naming the one that is missing."""
    found: dict[str, int] = {}
    for column, names in mapping.columns.items():
        name = next((name for name in names if name in table.names), None)
        if name is not None:
            found[column] = table.wanted.index(name)
        elif column in REQUIRED or names != (column,):
            raise Problem("no-column", column=column, names=names, present=table.names)
    for i, names in enumerate(mapping.hints):
        name = next((name for name in names if name in table.names), None)
        if name is None:
            raise Problem("no-column", column="hints", names=names, present=table.names)
        found[f"hint{i}"] = table.wanted.index(name)
    if mapping.tiers and mapping.tier_column not in (*REQUIRED, *OPTIONAL):
        raise Problem("no-column", column="tiers", names=(mapping.tier_column,), present=tuple(found))
    return found


class Assembler:
    """Reads rows one at a time."""

    def __init__(self, mapping: Mapping, columns: dict[str, int]) -> None:
        self.mapping = mapping
        self.columns = columns
        self.out = Assembled(hints=tuple(Names() for _ in mapping.hints))
        self.offsets: Counter[timedelta] = Counter()
        self.naive: list[int] = []
        self.stamps: dict[str, datetime] = {}

    def read(self, table: Table) -> Assembled:
        """Read every row; bad ones become faults."""
        out = self.out
        out.faults.extend(table.faults)
        for line, row in zip(table.lines, table.rows, strict=True):
            try:
                self._row(row)
            except BadRow as bad:
                out.faults.append(Fault(line, bad.code, bad.detail))
        if not out.events:
            raise Problem("no-events", faults=out.faults[:3])
        self._settle_offsets()
        out.faults.sort(key=lambda fault: fault.line)
        return out

    def _row(self, row: list[str | None]) -> None:
        case = self._needed(row, "case")
        at = self._time(self._needed(row, "time"))
        state = self._state(row)
        if state == "ignored":
            self.out.ignored += 1
            return
        tiers_before = len(self.out.teams.codes)
        team_name = self._optional(row, "team") or _NO_TEAM
        team = self.out.teams.code(team_name)
        if len(self.out.teams.codes) > tiers_before:
            self.out.tiers[team] = self.mapping.tier(self._optional(row, self.mapping.tier_column) or "")
        person = self._optional(row, "person")
        who = -1 if person is None or self.mapping.system(person) else self.out.people.code((person, team))
        number = self.out.cases.code(case)
        if number == len(self.out.facts):
            self.out.facts.append(self._facts(row))
        if at.tzinfo is None:
            self.naive.append(len(self.out.events))
            at = at.replace(tzinfo=UTC)
        else:
            self.offsets[at.utcoffset() or timedelta()] += 1
        self.out.events.append((number, at.timestamp(), who, team, STATES.index(state)))

    def _needed(self, row: list[str | None], column: str) -> str:
        value = row[self.columns[column]]
        if value is None:
            raise BadRow("row-empty", column=self.mapping.columns[column][0])
        return value

    def _optional(self, row: list[str | None], column: str) -> str | None:
        place = self.columns.get(column)
        return None if place is None else row[place]

    def _time(self, text: str) -> datetime:
        try:
            if self.mapping.time_format is None:
                return datetime.fromisoformat(text)
            return datetime.strptime(text, self.mapping.time_format)
        except ValueError:
            raise BadRow("row-time", value=text, form=self.mapping.time_format or "ISO 8601") from None

    def _state(self, row: list[str | None]) -> str:
        status = self._needed(row, "status")
        detail = self._optional(row, "detail")
        full = status if detail is None else f"{status}/{detail}"
        state = self.mapping.state(full)
        if state is None:
            raise BadRow("row-status", value=full)
        return state

    def _facts(self, row: list[str | None]) -> tuple[int, ...]:
        topic = self.out.topics.code(self._optional(row, "topic") or _NO_TOPIC)
        priority = self.mapping.priorities.get(self._optional(row, "priority") or "", 2)
        hints = (names.code(row[self.columns[f"hint{i}"]]) for i, names in enumerate(self.out.hints))
        return (topic, priority, *hints)

    def _settle_offsets(self) -> None:
        """Put stamps without an offset into the log's most common one, so that all lie on one axis."""
        main = self.offsets.most_common(1)[0][0].total_seconds() if self.offsets else 0.0
        self.out.offset = main
        for i in self.naive:
            case, at, person, team, state = self.out.events[i]
            self.out.events[i] = (case, at - main, person, team, state)
