"""Rows of what was expected beside what was simulated, on a terminal and as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from fengong.engine.simulation.statistics.estimate import Estimate


@dataclass(frozen=True)
class Row:
    """One figure: simulated `mean` ± `half`, expected between `low` and `high` (one number if theory says it)."""

    family: str
    setting: str
    figure: str
    low: float
    high: float
    mean: float
    half: float

    @property
    def holds(self) -> bool:
        """Whether the intervals meet."""
        return self.mean - self.half <= self.high and self.low <= self.mean + self.half

    @property
    def relative(self) -> float:
        """Half the width of the simulated interval, as a share of what is expected."""
        return self.half / abs((self.low + self.high) / 2)


def rows_of(family: str, setting: str, exact: dict[str, float], estimate: Estimate) -> Iterator[Row]:
    """A row for each exact figure."""
    for (figure, value), mean, half in zip(
        exact.items(), estimate.mean.tolist(), estimate.half.tolist(), strict=True
    ):
        yield Row(family, setting, figure, value, value, mean, half)


def markdown(rows: Iterable[Row], expected: str, level: str) -> Iterator[str]:
    """A table, one line per figure; a setting is named in its first line only."""
    yield f"| | figure | {expected} | simulated, {level} | half-width | |"
    yield "|---|---|---|---|---|---|"
    for setting, found in groupby(rows, key=lambda row: row.setting):
        name = setting
        for row in found:
            yield f"| {name} | {' | '.join(cells(row))} |"
            name = ""


def cells(row: Row) -> Sequence[str]:
    """Figure, what is expected, what was found, how wide, whether they agree."""
    wanted = short(row.low) if row.low == row.high else f"{short(row.low)} to {short(row.high)}"
    return (
        row.figure,
        wanted,
        f"{short(row.mean)} ± {short(row.half)}",
        f"{row.relative:.1%}",
        "agrees" if row.holds else "**differs**",
    )


def short(value: float) -> str:
    """Five significant digits, or two decimals of a large number; no exponents."""
    if abs(value) >= 1000:
        return f"{value:.1f}"
    return f"{value:.5g}" if abs(value) >= 0.001 or not value else f"{value:.6f}"
