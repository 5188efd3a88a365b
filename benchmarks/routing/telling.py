"""Findings on a terminal and as a page of the documentation: the same words and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.routing.contestants import OURS
from benchmarks.routing.finding import Bound, Finding
from benchmarks.routing.objective import FIGURES
from benchmarks.routing.verdict import mean_points

HEADINGS = {
    "wait": "wait, mean min",
    "wait_p95": "p95 min",
    "promise_kept": "promise kept",
    "right_tier": "right tier",
    "handovers": "hand-overs",
    "spread": "spread",
    "growth": "growth",
    "lost": "gave up",
}
SHARES = ("promise_kept", "right_tier", "lost")


def table_of(finding: Finding) -> tuple[list[str], list[list[str]]]:
    """Headings and cells, fewest points first; figures that are the same for everybody are left out."""
    shown = [name for name in FIGURES if len({_cell(finding, who, name) for who in finding.rows}) > 1]
    heads = ["policy", "points a ticket", *(HEADINGS[name] for name in shown)]
    rows = []
    for who in finding.ranking:
        mean, half = mean_points(finding.rows[who])
        rows.append([who, f"{mean:.3f} ± {half:.3f}", *(_cell(finding, who, name) for name in shown)])
    return heads, rows


def _cell(finding: Finding, policy: str, name: str) -> str:
    value = finding.figure(policy, name)
    return f"{100 * value:.1f} %" if name in SHARES else f"{value:.3g}"


def verdict_lines(finding: Finding) -> list[str]:
    """The plain sentences under a table."""
    margin = finding.margin
    lines = [
        f"{OURS} is {_margin_words(margin.says)} {margin.rival}, the best classical policy here: {margin.mean:+.3f} "
        f"points a ticket in favour ({margin.low:+.3f} to {margin.high:+.3f}; {100 * margin.share:.1f} %), "
        f"p = {margin.p_value:.2g} after Holm over {len(finding.verdict.margins)}.",
        "At the front: no classical policy is significantly better in one figure and worse in none."
        if finding.at_front
        else f"NOT at the front: dominated by {', '.join(finding.verdict.dominating)}.",
    ]
    lines += [_bound_line(bound) for bound in finding.bounds]
    changed = finding.changed_winners()
    lines.append(
        f"With a rate halved or doubled the winner is another for {'; '.join(changed)}."
        if changed
        else "Halving or doubling any one exchange rate leaves the winner the same."
    )
    return lines


def _margin_words(says: str) -> str:
    return {"ahead": "ahead of", "behind": "BEHIND"}.get(says, "not shown to differ from")


def _bound_line(bound: Bound) -> str:
    kind = "bound (proven)" if bound.proven else "yardstick (no proof)"
    away = f", {100 * (bound.ours / bound.value - 1):.0f} % above it" if bound.value > 0 else ""
    return f"{bound.what}: {kind} {bound.value:.3g} {bound.unit}, ours {bound.ours:.3g}{away}; {bound.why}."


def summary_of(findings: Sequence[Finding]) -> tuple[list[str], list[list[str]]]:
    """One line per scenario."""
    heads = [
        "scenario",
        "ours",
        "best classical",
        "its points",
        "ahead by (95 %)",
        "share",
        "Holm p",
        "front",
    ]
    rows = []
    for finding in findings:
        margin = finding.margin
        rows.append(
            [
                finding.title,
                f"{mean_points(finding.rows[OURS])[0]:.3f}",
                margin.rival,
                f"{mean_points(finding.rows[margin.rival])[0]:.3f}",
                f"{margin.mean:+.3f} ({margin.low:+.3f} to {margin.high:+.3f})",
                f"{100 * margin.share:.1f} %",
                f"{margin.p_value:.2g}",
                "yes" if finding.at_front else "no",
            ]
        )
    return heads, rows


def show_findings(findings: Sequence[Finding]) -> None:
    """On the terminal."""
    console = Console(width=150, highlight=False)
    for finding in findings:
        heads, rows = table_of(finding)
        _print(console, f"{finding.title} ({finding.runs} runs): {finding.tells}", heads, rows)
        for line in verdict_lines(finding):
            console.print(f"  {line}")
        for who, values in finding.settings.items():
            if values:
                console.print(f"  dials of {who}: {dial_words(values)}", style="dim")
        console.print()
    _print(console, "All scenarios", *summary_of(findings))


def _print(console: Console, title: str, heads: list[str], rows: list[list[str]]) -> None:
    table = Table(title=title, title_justify="left")
    for place, heading in enumerate(heads):
        table.add_column(heading, justify="right" if place else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def dial_words(values: Mapping[str, float]) -> str:
    """The dials of a policy in one line."""
    return ", ".join(f"{name} {value:g}" for name, value in values.items())
