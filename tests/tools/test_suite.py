"""bin/test says what ran, and what is required may not be missing or skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import postgres, suite
from tools.suite import Outcome


@pytest.fixture
def demanding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGONG_REQUIRE", "postgres,browser")


def test_an_absent_database_is_said_and_forgiven(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("FENGONG_REQUIRE", raising=False)
    outcome = Outcome("postgres", absent="no PostgreSQL")
    assert outcome.good
    assert str(outcome) == "postgres NOT RUN (no PostgreSQL)"


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome("postgres", absent="no PostgreSQL"),
        Outcome("browser", passed=3, skipped=1),
        Outcome("browser"),
    ],
    ids=["absent", "skipped", "empty"],
)
def test_what_is_required_must_run_whole(demanding: None, outcome: Outcome):
    assert not outcome.good


def test_what_is_required_and_ran_is_good(demanding: None):
    assert Outcome("postgres", passed=3).good


def test_a_failure_is_never_good():
    assert not Outcome("sqlite", status=1, passed=9, failed=1).good


def test_counts_come_from_the_report(tmp_path: Path):
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>')
    assert suite.read_report("sqlite", 1, report) == Outcome(
        "sqlite", status=1, passed=3, failed=3, skipped=3
    )


def test_the_newest_server_is_chosen_by_number_not_by_letter(tmp_path: Path):
    for version in ("9.6", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "pg_ctl").touch()
    assert postgres.newest(tmp_path) == tmp_path / "17" / "bin"


def test_without_a_server_there_is_none(tmp_path: Path):
    assert postgres.newest(tmp_path) is None
