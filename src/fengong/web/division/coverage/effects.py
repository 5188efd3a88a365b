"""A change that is being considered, as forms name it, and what it would do to coverage."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fengong.people import queries as people
from fengong.planning.coverage.effect import (
    Altering,
    Away,
    DutiesOf,
    PositionOf,
    SkillOf,
    Weekly,
    Working,
    of_change,
)
from fengong.planning.coverage.keeping import of_week
from fengong.rota import queries as rota
from fengong.web.division.coverage.words import Names, Told

MOST = 6
"""Findings that are told of one week."""


class Effects:
    """Fields: `duties` a position with a draft; `leave`; `member` with `topic` and `level`, with `position`, or with
    `from`, `until` and `does` (away, working)."""

    def __init__(self, given: QueryDict, at: datetime) -> None:
        self.given, self.at = given, at

    @cached_property
    def weeks(self) -> list[tuple[Weekly, list[Told]]]:
        """The weeks in which something opens, with what."""
        change = self._change
        told = of_change(change, at=self.at) if change else []
        return [
            (one, [self._names.found(f) for f in one.change.opened[:MOST]])
            for one in told
            if one.change.opened
        ]

    @property
    def is_worse(self) -> bool:
        return any(one.change.is_worse for one, _ in self.weeks)

    @cached_property
    def closed(self) -> list[Told]:
        """What it closes, where it opens nothing."""
        change = self._change
        if change is None or self.weeks:
            return []
        return [
            self._names.found(f) for one in of_change(change, at=self.at) for f in one.change.closed[:MOST]
        ]

    @cached_property
    def _names(self) -> Names:
        rows = of_week(at=self.at).rows
        return Names(known=rows.demand is not None, channels_used=rows.channels)

    @cached_property
    def _change(self) -> Altering | None:
        if "duties" in self.given:
            return self._duties(self._number("duties"))
        if "leave" in self.given:
            leave = rota.leave(self._number("leave"))
            return Away(leave.member_id, leave.starts_at, leave.ends_at) if leave else None
        return self._of_member(self._number("member"))

    def _duties(self, pk: int) -> Altering | None:
        position = people.position(pk)
        draft = people.duty_draft(position) if position else None
        return DutiesOf(pk, draft) if draft else None

    def _of_member(self, pk: int) -> Altering | None:
        if "topic" in self.given:
            return SkillOf(pk, self._number("topic"), float(self._number("level")))
        if "position" in self.given:
            return PositionOf(pk, self._number("position") or None)
        begins, ends = self._moment("from"), self._moment("until")
        if begins is None or ends is None or begins >= ends:
            return None
        return (Working if self.given.get("does") == "working" else Away)(pk, begins, ends)

    def _moment(self, name: str) -> datetime | None:
        try:
            found = parse_datetime(self.given.get(name, ""))
        except ValueError:
            return None
        return timezone.make_aware(found) if found and timezone.is_naive(found) else found

    def _number(self, name: str) -> int:
        text = self.given.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 10 else 0
