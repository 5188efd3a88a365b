"""The page of the documentation, written anew from the numbers of a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.routing.contest import SEARCH_SEED, TEST_SEED
from benchmarks.routing.finding import Finding
from benchmarks.routing.objective import TERMS
from benchmarks.routing.telling import dial_words, summary_of, table_of, verdict_lines

PAGE = Path(__file__).parents[2] / "docs" / "engine" / "routing-benchmark.md"
REMARKS = Path(__file__).parent / "remarks.md"

INTRO = """# Routing, compared

Every dispatch policy runs the same desks with the same people on the same luck. This page is written by
`bin/bench routing`; nothing in its tables is typed by hand.

## What is compared

The classical rules and Fengong's own, all through the code that dispatches live. Each policy that has dials
(thresholds, shares, costs, weights) had them found by the same search with the same number of runs
(on seeds from {first} on); the tables below come from other seeds (from {test} on). `fengong` has its weights found
that way, `fengong, as it comes` has the defaults of the product and was never fitted to any of these desks. A rule
without dials runs as it is.

Policies meet common random numbers: the same tickets at the same moments with the same work and patience. So
differences are taken run by run, with Student's interval at 95 %; p-values are adjusted after Holm over all classical
policies of a scenario. A policy is *at the front* if no classical policy is significantly better in one figure and
significantly worse in none (figures corrected after Holm within each pair).

## What counts

Points per ticket; fewer are better. One point is a customer of normal priority who waits as long as was promised.
Customers' terms weigh ½, 1, 2, 4 by priority from low to urgent, the ratios dispatch itself uses.
"""

AFTER_PRICES = """
These exchange rates are ours. Under each table stands what happens to the winner when one of them is halved or doubled.
*Waiting* is all time without hands on the ticket, also after a failed attempt. *Right tier*: solved by the tier the
matter needed, which was also the first to have it. *Spread*: Gini coefficient of effort per hour present, within each
tier. *Growth*: steps of proficiency gained by all members together.
"""


def write_page(findings: Sequence[Finding]) -> None:
    """Write docs/engine/routing-benchmark.md."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n".join(page_of(findings)) + "\n", encoding="utf-8")


def page_of(findings: Sequence[Finding]) -> list[str]:
    """The lines of the page."""
    intro = INTRO.format(first=SEARCH_SEED, test=TEST_SEED)
    lines = [*intro.splitlines(), "", *price_list(), *AFTER_PRICES.splitlines(), "", "## Result", ""]
    lines += [*markdown(*summary_of(findings)), "", *REMARKS.read_text(encoding="utf-8").splitlines()]
    for finding in findings:
        lines += [
            "",
            f"## {finding.title}",
            "",
            f"{finding.tells[0].upper()}{finding.tells[1:]}; {finding.runs} runs.",
        ]
        lines += ["", *markdown(*table_of(finding)), "", *(f"- {line}" for line in verdict_lines(finding))]
        dials = [[who, dial_words(values)] for who, values in finding.settings.items() if values]
        lines += ["", "Dials found:", "", *(f"- {who}: {words}" for who, words in dials)] if dials else []
    return lines


def price_list() -> list[str]:
    """The objective as a table."""
    rows = [[term.name.replace("_", " "), term.unit, f"{term.points:+g}", term.why] for term in TERMS]
    return markdown(["term", "unit", "points", "why"], rows)


def markdown(heads: list[str], rows: list[list[str]]) -> list[str]:
    """A table of the page."""
    rule = [" --- ", *([" ---: "] * (len(heads) - 1))]
    return [
        "| " + " | ".join(heads) + " |",
        "|" + "|".join(rule) + "|",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
