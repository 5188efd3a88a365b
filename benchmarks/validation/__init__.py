"""The simulator against theory and against others' published results: does it say the truth?

Closed forms within intervals of 99.9 %, each figure on its own, with the seeds 0, 1, … and lengths worked out
beforehand; two example models of a published library within its intervals; six types pooled among 90 agents.
`python -m benchmarks.validation FILE` writes the whole table there as a page; a number after it says how many contacts
a setting may take, for a shorter run with wider intervals.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console
from rich.table import Table

from benchmarks.shape import Figure, Options, Report, Value
from benchmarks.validation.graphs import graph_settings
from benchmarks.validation.pooling import MINUTES, pooling_rows
from benchmarks.validation.published import published_rows
from benchmarks.validation.queues import FULL, TEST, settings
from benchmarks.validation.simulated import estimated
from benchmarks.validation.table import Row, cells, rows_of
from fengong.engine.simulation.experiment import Workers

WORKERS = Workers(-1)
QUICK = TEST, 200, MINUTES / 10


def run(options: Options) -> Report:
    """Everything, or (quick) what the test does, with fewer days and runs."""
    rows = tuple(every_row(*QUICK) if options.quick else every_row())
    show_rows(rows)
    wrong = [row for row in rows if not row.holds]
    notes = tuple(f"{row.setting}: {row.figure} is not as expected" for row in wrong)
    return Report(tuple(_figures(rows)), _summary(rows), notes)


def every_row(contacts: float = FULL, days: int = 4000, minutes: float = MINUTES) -> Iterator[Row]:
    """Closed forms and skill graphs with so many contacts each, published models over so many days, the pooling."""
    for setting in (*settings(), *graph_settings()):
        if width := setting.width(contacts):
            name = setting.name + (", by recursion" if setting.swift else "")
            yield from rows_of(setting.family, name, setting.exact, estimated(setting, width, WORKERS))
    yield from published_rows(days, WORKERS)
    yield from pooling_rows(minutes, WORKERS)


def show_rows(rows: tuple[Row, ...]) -> None:
    """All rows on the terminal."""
    table = Table(title="expected and simulated", title_justify="left")
    for heading in ("", "figure", "expected", "simulated", "half-width", ""):
        table.add_column(heading)
    for row in rows:
        table.add_row(row.setting, *cells(row))
    Console(width=130, highlight=False).print(table)


def _figures(rows: tuple[Row, ...]) -> Iterator[Figure]:
    for family, found in groupby(rows, key=lambda row: row.family):
        part = tuple(found)
        held = sum(row.holds for row in part)
        yield Figure(f"{family}: figures within the interval", held, "", len(part), "figures", "more")


def _summary(rows: tuple[Row, ...]) -> dict[str, Value]:
    theory = [row for row in rows if row.low == row.high]
    return {
        "settings": len({(row.family, row.setting) for row in theory}),
        "figures": len(theory),
        "outside": sum(not row.holds for row in theory),
        "widest": max(row.relative for row in theory),
        "published": len(rows) - len(theory),
        "published_outside": sum(not row.holds for row in rows if row.low < row.high),
    }
