"""A day of the roster, hour by hour: a bar for each member who is on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from fengong.people.policies import leads
from fengong.rota import queries as rota
from fengong.rota.policies import may_read_leave_of
from fengong.rota.reading.weeks import instant
from fengong.web.roster.asked import ONE, Asked
from fengong.web.roster.bars import Rect, place, rects
from fengong.web.roster.week import clock

BEFORE = timedelta(days=2)
"""How long before a day something may begin that reaches into it."""
HOURS = range(0, 24, 3)


@dataclass
class Lane:
    """What a member has on that day, in words and as a bar."""

    member: Any
    may_plan: bool
    shifts: list[Any] = field(default_factory=list)
    standby: list[Any] = field(default_factory=list)
    leave: list[tuple[Any, str]] = field(default_factory=list)
    rects: list[Rect] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.shifts or self.standby or self.leave)


class Day:
    """The day that is asked for, to one reader."""

    hours = HOURS

    def __init__(self, asked: Asked, reader: Any) -> None:
        self.asked, self.reader = asked, reader
        self.frame = (instant(asked.day, 0, asked.zone), instant(asked.day + ONE, 0, asked.zone))

    @property
    def now(self) -> float | None:
        """Where in the day it is now."""
        return place(self.asked.at, self.frame)

    @cached_property
    def lanes(self) -> list[Lane]:
        """Those who are on the roster that day, the earliest first; then whoever is away."""
        found = [lane for lane in self._all.values() if not lane.is_empty]
        return sorted(found, key=lambda lane: (not lane.shifts, not lane.standby, _first(lane)))

    @property
    def free(self) -> list[Lane]:
        """Those who have nothing on that day."""
        return [lane for lane in self._all.values() if lane.is_empty]

    @cached_property
    def _all(self) -> dict[int, Lane]:
        lanes = {one.pk: Lane(one, self._may_plan(one)) for one in self.asked.members}
        parts: dict[int, list[tuple[str, datetime, datetime]]] = defaultdict(list)
        start, end = self.frame
        for shift in rota.planned_between(start - BEFORE, end):
            if shift.member_id in lanes and shift.ends_at > start:
                lanes[shift.member_id].shifts.append(shift)
                parts[shift.member_id] += _of_shift(shift)
        for one in rota.standby_between(start, end):
            if one.member_id in lanes:
                lanes[one.member_id].standby.append(one)
                parts[one.member_id].append(("standby", one.starts_at, one.ends_at))
        for leave in rota.leave_between(start, end):
            knows = may_read_leave_of(self.reader, leave.member)
            if leave.member_id in lanes and (knows or leave.state == "approved"):
                word = str(leave.get_kind_display()) if knows else ""
                lanes[leave.member_id].leave.append((leave, word))
                parts[leave.member_id].append(("leave", leave.starts_at, leave.ends_at))
        for pk, lane in lanes.items():
            lane.rects = rects(parts[pk], self.frame)
        return lanes

    def _may_plan(self, member: Any) -> bool:
        return bool(self.reader.may("shift.plan") and leads(self.reader, member))


def _of_shift(shift: Any) -> list[tuple[str, datetime, datetime]]:
    breaks = shift.planned.breaks.all() if shift.planned else ()
    return [
        ("shift", shift.starts_at, shift.ends_at),
        *(("break", one.starts_at, one.ends_at) for one in breaks),
    ]


def _first(lane: Lane) -> str:
    held = [*lane.shifts, *lane.standby, *(one for one, _word in lane.leave)]
    first = min(one.starts_at for one in held)
    return f"{first.isoformat()} {clock(first, first)} {lane.member.sort_key}"
