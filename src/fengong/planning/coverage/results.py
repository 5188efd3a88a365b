"""What coverage tells, by the ids of tables: neither ORM nor engine."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.planning.coverage.rows import Line

Span = tuple[int, int, int, int]
"""First and last day (0 is Monday), the hour at which it begins and ends on each of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A gap (`nobody`, `unassigned`, `unskilled`, `absent`), an overlap (`accountable`, `responsible`), a `single`
    point of failure, a `dependence`, or `short`: those who cover are too few. `demand`: minutes of work a week.
    """

    kind: str
    gap: bool
    topic: int
    cells: tuple[tuple[int, str], ...]
    hours: tuple[int, ...]
    spans: tuple[Span, ...]
    demand: float
    member: int | None = None
    positions: tuple[int, ...] = ()
    share: float = 0.0
    topics: tuple[int, ...] = ()
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """One topic's week as runs (first hour, hour after the last, state). States: 2, 4, 6 for covered by several, by one
    alone, by nobody where work is expected; one less where none is. `missing` and `expected`: minutes of work.
    """

    topic: int
    runs: tuple[tuple[int, int, int], ...]
    missing: float
    expected: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell at one hour: duties that speak of it, and members: who covers; who is skilled and has the duty, but is
    away; who has the duty and is there, but not skilled enough; who is skilled and there, but not asked.
    """

    served: bool
    demand: float
    lines: tuple[Line, ...]
    covers: tuple[int, ...]
    away: tuple[int, ...]
    unskilled: tuple[int, ...]
    unasked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: `train` a member, `shift` their hours, or give a position a `duty`."""

    kind: str
    member: int | None = None
    position: int | None = None
    topic: int | None = None
    level: float = 0.0
    difficulties: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    to: tuple[Span, ...] = ()
    away: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """Steps that only help together. `removes`: minutes of work a week covered that were not; `secures`: by how much
    the work falls that one member alone covers; `why`: what the covered work was before.
    """

    steps: tuple[Step, ...]
    removes: float
    secures: float
    why: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a change opens and closes. `uncovered`, `alone`: by how many minutes of work a week it grows."""

    opened: tuple[Found, ...]
    closed: tuple[Found, ...]
    uncovered: float
    alone: float

    @property
    def is_worse(self) -> bool:
        """Whether it opens a gap."""
        return any(one.gap for one in self.opened)

    @property
    def warns(self) -> bool:
        """Whether it opens anything."""
        return bool(self.opened)
