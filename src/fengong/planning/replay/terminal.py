"""Shows a replay on a terminal: what was read, the comparison, the calibration, what the log cannot tell."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fengong.planning.replay import telling
from fengong.planning.replay.results import Results, Scenario
from fengong.planning.replay.words import say

_FAULTS_SHOWN = 8
_STYLES = {1: "green", -1: "red", 0: ""}
_MARKS = {1: " ▲", -1: " ▼", 0: ""}


def show(console: Console, language: str, results: Results) -> None:
    """Print everything."""
    _lines(console, language, "source", telling.source_lines(language, results))
    show_faults(console, language, results)
    _lines(console, language, "inferred", telling.shown_lines(language, results))
    console.print(comparison(language, results))
    legend = f"▲ {say(language, 'better')}, ▼ {say(language, 'worse')}: {say(language, 'against')}"
    console.print(Text(legend, style="dim"))
    _lines(console, language, "verdict", telling.verdict_lines(language, results))
    console.print(calibration(language, results))
    for line in telling.calibration_lines(language, results):
        console.print(Text(line, style="bold" if line.startswith(say(language, "calibration")) else ""))
    _lines(console, language, "unknown", telling.cannot_lines(language, results))
    runs = len(results.policies) * results.seeds + results.status_quo_seeds
    seconds = results.seconds
    console.print(
        Text(say(language, "timing", total=sum(seconds.values()), runs=runs, **seconds), style="dim")
    )


def show_faults(console: Console, language: str, results: Results) -> None:
    """Print the rows that were skipped: how many, and the first of them."""
    faults = results.source.faults
    if not faults:
        return
    counted = say(language, "skipped", count=f"{len(faults):,}", rows=f"{results.source.rows:,}")
    shown = [telling.fault_line(language, fault) for fault in faults[:_FAULTS_SHOWN]]
    if len(faults) > _FAULTS_SHOWN:
        shown.append(say(language, "more-faults", count=len(faults) - _FAULTS_SHOWN))
    _lines(console, language, "faults", [counted, *shown], style="yellow")


def comparison(language: str, results: Results) -> Table:
    """Return the table of all figures under all scenarios."""
    table = Table(
        title=say(language, "comparison", seeds=results.seeds, quo=results.status_quo_seeds),
        title_justify="left", title_style="bold", box=None,
        header_style="bold", pad_edge=False, padding=(0, 2, 0, 0),
    )  # fmt: skip
    table.add_column(say(language, "figure"), overflow="fold", min_width=30, max_width=46)
    for scenario in results.scenarios():
        table.add_column(say(language, scenario.name), justify="right", overflow="fold")
    for figure in results.less_is_better:
        table.add_row(
            telling.label(language, figure),
            *(_cell(language, results, s, figure) for s in results.scenarios()),
        )
    return table


def _cell(language: str, results: Results, scenario: Scenario, figure: str) -> Text:
    text = telling.with_interval(language, figure, scenario.values[figure])
    if scenario not in results.policies:
        return Text(text)
    mark = telling.standing(results, scenario, figure)
    return Text(text + _MARKS[mark], style=_STYLES[mark])


def calibration(language: str, results: Results) -> Table:
    """Return the table of recorded against simulated figures, and the errors."""
    table = Table(
        title=say(language, "calibration"), title_justify="left", title_style="bold", box=None, header_style="bold",
        pad_edge=False, padding=(0, 2, 0, 0),
    )  # fmt: skip
    table.add_column(say(language, "figure"), overflow="fold", min_width=30, max_width=46)
    parts = ("calibration-fit", "calibration-held", "calibration-later")
    for heading in ("recorded", "status-quo", *parts):
        table.add_column(say(language, heading), justify="right", overflow="fold")
    found = results.calibration
    for figure in results.less_is_better:
        held = found.held[figure]
        errors = (found.fit[figure].error, held.error, found.later[figure].error)
        table.add_row(
            telling.label(language, figure),
            telling.amount(language, figure, held.recorded),
            telling.amount(language, figure, held.simulated),
            *(telling.error(error) for error in errors),
        )
    return table


def _lines(console: Console, language: str, heading: str, lines: list[str], *, style: str = "") -> None:
    console.print()
    console.print(Text(say(language, heading), style=f"bold {style}".strip()))
    for line in lines:
        console.print(Padding(Text(line, style=style), (0, 0, 0, 2)))
    console.print()
