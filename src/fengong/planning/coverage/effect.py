"""What a change of duties, skills, roster, leave or posts would do to coverage: asked before it is saved.

`of_change(SkillOf(member, topic, 0), at=now())` answers for each week touched that differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

import numpy as np

from fengong.people.models import DutyList
from fengong.planning.coverage.bridge import change, picture
from fengong.planning.coverage.gathering import lines_of, week_of
from fengong.planning.coverage.keeping import of_week
from fengong.planning.coverage.results import Change
from fengong.planning.coverage.rows import Floats, Rows

AHEAD = 4
"""Weeks that are looked at, at the most."""
Spell = tuple[datetime, datetime]


class Altering(Protocol):
    """Anything that makes other rows of these."""

    def applied(self, rows: Rows) -> Rows:
        """The rows after it."""

    @property
    def touched(self) -> Spell | None:
        """Between when it has an effect; None for every week."""


@dataclass(frozen=True, slots=True)
class DutiesOf:
    """A position's duties become those of this list, a draft or an edition; None takes them away."""

    position: int
    edition: DutyList | None
    touched: Spell | None = None

    def applied(self, rows: Rows) -> Rows:
        others = tuple(line for line in rows.lines if line.position != self.position) if rows.written else ()
        mine = lines_of(self.edition, rows.monday, rows.zone) if self.edition else []
        return replace(rows, lines=(*others, *mine), written=True)


@dataclass(frozen=True, slots=True)
class SkillOf:
    """A member's proficiency in a topic becomes this; 0 for none."""

    member: int
    topic: int
    level: float
    touched: Spell | None = None

    def applied(self, rows: Rows) -> Rows:
        if self.member not in rows.place:
            return rows
        skills = {key: level for key, level in rows.skills.items() if key != (self.member, self.topic)}
        return replace(rows, skills=skills | ({(self.member, self.topic): self.level} if self.level else {}))


@dataclass(frozen=True, slots=True)
class Away:
    """A member does not work in a span: leave, or a shift that is taken away."""

    member: int
    starts_at: datetime
    ends_at: datetime

    @property
    def touched(self) -> Spell:
        return self.starts_at, self.ends_at

    def applied(self, rows: Rows) -> Rows:
        return _shared(rows, self.member, lambda now, part: np.minimum(now, 1 - part), self.touched)


@dataclass(frozen=True, slots=True)
class Working:
    """A member works in a span: a shift that is added."""

    member: int
    starts_at: datetime
    ends_at: datetime

    @property
    def touched(self) -> Spell:
        return self.starts_at, self.ends_at

    def applied(self, rows: Rows) -> Rows:
        return _shared(rows, self.member, np.maximum, self.touched)


@dataclass(frozen=True, slots=True)
class PositionOf:
    """A member takes up a position; None when they leave."""

    member: int
    position: int | None
    touched: Spell | None = None

    def applied(self, rows: Rows) -> Rows:
        if self.member not in rows.place:
            return rows
        number = rows.place[self.member]
        if self.position is None:
            share = rows.share.copy()
            share[number] = 0.0
            return replace(rows, share=share)
        moved = replace(rows.people[number], position=self.position)
        return replace(rows, people=(*rows.people[:number], moved, *rows.people[number + 1 :]))


@dataclass(frozen=True, slots=True)
class Weekly:
    """What a change does in one week."""

    monday: date
    change: Change


def of_change(*changes: Altering, at: datetime) -> list[Weekly]:
    """What these changes together open and close, by week: of those they touch, the first weeks; of a change that is
    for good, this week."""
    told = [Weekly(monday, _in_week(changes, monday, at)) for monday in _weeks(changes, at)]
    return [one for one in told if one.change.opened or one.change.closed]


def _in_week(changes: Sequence[Altering], monday: date, at: datetime) -> Change:
    before = of_week(monday, at=at)
    rows = before.rows
    for one in changes:
        rows = one.applied(rows)
    return change(before, picture(rows, before))


def _weeks(changes: Sequence[Altering], at: datetime) -> Iterator[date]:
    spells = [one.touched for one in changes if one.touched is not None]
    first = week_of(max(at, min((starts for starts, _ in spells), default=at)))
    last = max((week_of(ends - timedelta(seconds=1)) for _, ends in spells), default=first)
    for number in range(AHEAD):
        if first + timedelta(weeks=number) <= max(last, first):
            yield first + timedelta(weeks=number)


def _shared(rows: Rows, member: int, joined: Callable[[Floats, Floats], Floats], spell: Spell) -> Rows:
    """The part of each hour that lies in the span, joined with what the member works already."""
    if member not in rows.place or not rows.rostered:
        return rows
    share = rows.share.copy()
    number = rows.place[member]
    share[number] = joined(share[number], _part(rows, spell))
    return replace(rows, share=share)


def _part(rows: Rows, spell: Spell) -> Floats:
    edges = np.array([edge.timestamp() for edge in rows.edges])
    begins, ends = (moment.timestamp() for moment in spell)
    inside = np.minimum(edges[1:], ends) - np.maximum(edges[:-1], begins)
    return np.asarray(np.clip(inside / np.maximum(np.diff(edges), 1.0), 0.0, 1.0))
