"""What a comparison found, as plain values that any surface can show. nan and inf: there is no such number."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.planning.replay.results import Check, Source
from fengong.planning.whatif.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one subject. `kind`: all, group, tier or member; `name` and `team` say whom it is about.

    `before`, `after`: means; `change` with its 95 % interval `low` .. `high`; `relative`: the change as a share of
    before; `p` after Holm; `runs` needed to see a difference of 5 %. `standing`: 1 gains, -1 pays, 0 nothing certain or
    neither good nor bad. `certain`: the difference is.
    """

    kind: str
    name: str
    team: str
    figure: str
    before: float
    after: float
    change: float
    low: float
    high: float
    relative: float
    p: float
    runs: float
    standing: int
    certain: bool
    reach: float


@dataclass(frozen=True, slots=True)
class Told:
    """One finding: `code` identical, differs, balance or unclear, with what it is about."""

    code: str
    kind: str
    figure: str
    confidence: float
    row: Row | None
    gains: int
    pays: int
    count: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What a forecast expects: tickets a week, over how many weeks, measured on how many, variance of busyness."""

    per_week: float
    weeks: int
    measured: int
    busyness: float
    first: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everything a comparison found. `people` are the members before and after, `tickets` those of the history."""

    source: Source
    scenario: Scenario
    rows: tuple[Row, ...]
    told: tuple[Told, ...]
    runs: int
    weeks: float
    tickets: int
    people: tuple[int, int]
    identical: bool
    held: dict[str, Check]
    expected: Expected | None
    seconds: float

    def of(self, kind: str, figure: str | None = None) -> list[Row]:
        """Return the rows of a kind, of one figure when it is named."""
        return [row for row in self.rows if row.kind == kind and figure in (None, row.figure)]
