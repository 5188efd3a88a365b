"""The table of features: every test it names is there, and every feature it claims names one."""

from __future__ import annotations

import re

from tests.arch.tree import ROOT, text

TABLE = ROOT / "docs" / "features.md"
LINK = re.compile(r"\[([^\]]+)\]\(\.\./(tests/[\w/]+\.py)\)")
NOT_YET = ("not yet", "command line")


def _rows() -> list[list[str]]:
    lines = [
        line for line in text(TABLE).splitlines() if line.startswith("| ") and "| shown by |" not in line
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_test_the_table_names_is_there():
    missing = [
        f"{path}: {sentence}"
        for sentence, path in LINK.findall(text(TABLE))
        if not (ROOT / path).exists() or f"def test_{sentence.replace(' ', '_')}(" not in text(ROOT / path)
    ]
    assert missing == []


def test_every_feature_that_is_claimed_is_shown():
    unshown = [
        row[0] for row in _rows() if not LINK.search(row[2]) and not any(word in row[1] for word in NOT_YET)
    ]
    assert unshown == []
    assert len(_rows()) > 40
