"""What a what-if found, as sentences and tables of text in the language that is active."""

from __future__ import annotations

from typing import Any

from fengong.planning.whatif import numbers, outline, words
from fengong.planning.whatif.results import Outlook, Row
from fengong.planning.whatif.terminal import finding_lines, stand, unclear_lines
from fengong.planning.whatif.trust import trust_lines

MOST = 12
"""Rows of those who gain or pay, of each kind."""


def told(outlook: Outlook) -> dict[str, Any]:
    """Everything a page shows."""
    return {
        "over": outline.over_line(outlook),
        "identical": outlook.identical,
        "findings": finding_lines(outlook),
        "unclear": unclear_lines(outlook),
        "all": [_cells(row, outlook) for row in outlook.of("all")],
        "gains": _standing(outlook, 1),
        "pays": _standing(outlook, -1),
        "trust": trust_lines(outlook),
    }


def _standing(outlook: Outlook, standing: int) -> list[dict[str, Any]]:
    rows = stand(outlook, standing)
    few = [row for kind in ("group", "tier", "member") for row in [r for r in rows if r.kind == kind][:MOST]]
    return [_cells(row, outlook) for row in few]


def _cells(row: Row, outlook: Outlook) -> dict[str, Any]:
    return {
        "who": words.whose(row, outlook.scenario.groups),
        "figure": words.figure(row.figure),
        "before": numbers.before(row),
        "after": numbers.after(row),
        "difference": numbers.difference(row),
        "interval": numbers.interval(row, unit=False),
        "p": numbers.chance(row.p),
        "standing": row.standing,
    }
