"""A week of the roster as it is drawn: members down, days across; what strains them, and how many work when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from fengong.people.policies import leads
from fengong.rota import queries as rota
from fengong.rota.policies import may_read_leave_of
from fengong.rota.reading.spans import within
from fengong.rota.reading.strain import Strain, strains
from fengong.web import words
from fengong.web.roster.asked import ONE, Asked

HOUR = timedelta(hours=1)
AROUND = timedelta(days=7)
"""How far before the week strain looks for days worked in a row."""


@dataclass
class Cell:
    """A day of a member."""

    day: date
    shifts: list[Any] = field(default_factory=list)
    leave: list[tuple[Any, str]] = field(default_factory=list)
    standby: list[Any] = field(default_factory=list)


@dataclass
class Row:
    """A member's week."""

    member: Any
    cells: list[Cell]
    may_plan: bool
    strains: list[Strain]
    hours: float = 0.0


class Week:
    """The week that is asked for, to one reader."""

    def __init__(self, asked: Asked, reader: Any) -> None:
        self.asked, self.reader = asked, reader
        self.start, self.end = asked.edges[0], asked.edges[-1]

    @property
    def next_monday(self) -> date:
        return self.asked.monday + 7 * ONE

    @property
    def may_plan(self) -> bool:
        return any(row.may_plan for row in self.rows)

    @cached_property
    def rows(self) -> list[Row]:
        shifts, leave, standby = self._shifts, self._leave, self._standby
        return [self._row(member, shifts[member.pk], leave, standby) for member in self.asked.members]

    @property
    def days(self) -> list[tuple[date, int, float]]:
        """Each day with how many members work on it, and for how many hours."""
        cells = list(zip(*(row.cells for row in self.rows), strict=True)) or [()] * 7
        return [
            (day, sum(1 for cell in column if cell.shifts), sum(map(_hours, _all(column))))
            for day, column in zip(self.asked.days, cells, strict=True)
        ]

    @property
    def hours(self) -> float:
        return sum(row.hours for row in self.rows)

    @property
    def requested(self) -> int:
        """Leave in this week that nobody has decided about, of those the reader plans for."""
        return len(
            {
                one.pk
                for row in self.rows
                for cell in row.cells
                for one, _word in cell.leave
                if one.state == "requested"
            }
        )

    @property
    def strained(self) -> int:
        return sum(1 for row in self.rows if row.strains)

    def _row(self, member: Any, shifts: list[Any], leave: Any, standby: Any) -> Row:
        cells = [Cell(day) for day in self.asked.days]
        for shift in shifts:
            if self.start <= shift.starts_at < self.end:
                self._cell(cells, shift.starts_at).shifts.append(shift)
        for number, cell in enumerate(cells):
            frame = self.asked.edges[number : number + 2]
            cell.leave = [found for found in leave[member.pk] if _touches(found[0], frame)]
            cell.standby = [one for one in standby[member.pk] if frame[0] <= one.starts_at < frame[1]]
        spans = [(one.starts_at, one.ends_at) for one in shifts]
        hours = sum(map(_hours, _all(cells)))
        found = strains(spans, (self.start, self.end), hours=hours, zone=self.asked.zone)
        may_plan = self.reader.may("shift.plan") and leads(self.reader, member)
        return Row(member, cells, may_plan, found, hours)

    def _cell(self, cells: list[Cell], at: datetime) -> Cell:
        return cells[(timezone.localtime(at).date() - self.asked.monday) // ONE]

    @cached_property
    def _shifts(self) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for shift in rota.planned_between(self.start - AROUND, self.end + ONE):
            found[shift.member_id].append(shift)
        return found

    @cached_property
    def _standby(self) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for one in rota.standby_between(self.start, self.end):
            found[one.member_id].append(one)
        return found

    @cached_property
    def _leave(self) -> dict[int, list[tuple[Any, str]]]:
        """Leave by member with the word the reader sees; what is only asked for is for who may know why."""
        found: dict[int, list[tuple[Any, str]]] = defaultdict(list)
        for one in rota.leave_between(self.start, self.end):
            knows = may_read_leave_of(self.reader, one.member)
            if knows or one.state == "approved":
                found[one.member_id].append((one, str(one.get_kind_display()) if knows else ""))
        return found


def clock(starts_at: datetime, ends_at: datetime) -> str:
    """A span on the wall clock: `09:00–18:00`."""
    return f"{words.hour(starts_at)}–{words.hour(ends_at)}"


def _all(cells: Iterable[Cell]) -> list[Any]:
    return [shift for cell in cells for shift in cell.shifts]


def _hours(shift: Any) -> float:
    return float((shift.ends_at - shift.starts_at) / HOUR) - resting(shift)


def resting(shift: Any) -> float:
    """Hours of breaks in a shift."""
    breaks = shift.planned.breaks.all() if shift.planned else ()
    spans = (within((one.starts_at, one.ends_at), (shift.starts_at, shift.ends_at)) for one in breaks)
    return sum((span[1] - span[0]) / HOUR for span in spans if span)


def _touches(one: Any, frame: list[datetime]) -> bool:
    return bool(one.starts_at < frame[1] and one.ends_at > frame[0])
