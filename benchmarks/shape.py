"""The common shape: what a benchmark is given, what it answers, and how that is shown."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table

Value = float | int | str


class MissingData(Exception):
    """A file of real data that the benchmark needs is not in FENGONG_BENCH_DATA."""


@dataclass(frozen=True)
class Options:
    """How to run: `quick` makes it small enough to show only that it works; `data` holds real data; `tune`: find the
    stored parameters anew, where a benchmark has some.
    """

    quick: bool = False
    data: Path | None = None
    tune: bool = False

    def file(self, name: str) -> Path:
        """A file of real data by its path below FENGONG_BENCH_DATA; MissingData where it is not."""
        if self.data is None:
            raise MissingData(f"set FENGONG_BENCH_DATA to the folder that holds {name}")
        path = self.data / name
        if not path.exists():
            raise MissingData(f"{name} is not in {self.data}")
        return path


@dataclass(frozen=True)
class Figure:
    """One measured number beside a peer's number or a bound, in the same unit."""

    what: str
    ours: float
    unit: str
    theirs: float | None = None
    whose: str = ""
    better: Literal["less", "more"] = "less"

    @property
    def verdict(self) -> str:
        """How ours stands to theirs, as a factor in our favour."""
        if not self.theirs or not self.ours:
            return ""
        factor = self.theirs / self.ours if self.better == "less" else self.ours / self.theirs
        return f"{factor:.2f}×"


@dataclass(frozen=True)
class Report:
    """A benchmark's answer. `summary` becomes the closing line; `notes` say what was measured and how."""

    figures: tuple[Figure, ...]
    summary: Mapping[str, Value]
    notes: tuple[str, ...] = field(default=())


def machine() -> dict[str, Value]:
    """The make of the machine, without which no time means anything."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": os.cpu_count() or 0,
        "memory_gib": round(memory, 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def show(name: str, report: Report, made: Mapping[str, Value]) -> None:
    """The table, the notes, the machine, and the one closing line `NAME: key=value …`."""
    table = Table(title=name, title_justify="left")
    for heading in ("", "ours", "beside", "", "factor"):
        table.add_column(heading, justify="left" if heading == "" else "right")
    for figure in report.figures:
        theirs = "" if figure.theirs is None else f"{_short(figure.theirs)} {figure.unit}"
        ours = f"{_short(figure.ours)} {figure.unit}"
        table.add_row(figure.what, ours, theirs, figure.whose, figure.verdict)
    console = Console(width=110, highlight=False)
    console.print(table)
    for note in report.notes:
        console.print(f"- {note}")
    console.print("machine: " + ", ".join(f"{key} {value}" for key, value in made.items()))
    print(
        f"{name}: " + " ".join(f"{key}={_short(value)}" for key, value in report.summary.items()), flush=True
    )


def _short(value: Value) -> str:
    """Four significant digits, and never an exponent for a number a reader could take in."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"
