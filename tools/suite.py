"""bin/test: the suite on each database and in the browser; the closing line says what ran, and what not."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tools import postgres
from tools.place import PYTHON, ROOT, give_up, required, say

WORKERS = os.environ.get("FENGONG_TEST_WORKERS", "2")
PASSES = ("sqlite", "postgres", "browser")
# PostgreSQL need not hear again what never speaks to a database.
SILENT = [
    f"--ignore=tests/{place}"
    for place in (
        "engine",
        "arch",
        "tools",
        "desk/test_business_time.py",
        "kernel/test_markup.py",
        "kernel/test_quotes.py",
        "integrations/mail/test_reading.py",
    )
]
SELECTION = {
    "sqlite": ["-m", "not postgres and not browser", "-n", WORKERS],
    "postgres": ["-m", "not sqlite and not browser", "-n", WORKERS, *SILENT],
    "browser": ["-m", "browser", "-n", WORKERS],
}


class Outcome(NamedTuple):
    """What one pass of the suite came to; `absent` says why it did not run at all."""

    name: str
    status: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    absent: str = ""

    @property
    def good(self) -> bool:
        """Nothing failed, and what is required did run, whole."""
        whole = self.passed and not self.skipped and not self.absent
        return self.status == 0 and bool(whole or not required(self.name))

    def __str__(self) -> str:
        if self.absent:
            return f"{self.name} NOT RUN ({self.absent})"
        return f"{self.name} {self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main() -> None:
    """Run the passes asked for, all by default, and fail if one did."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a stopped run stops its PostgreSQL too
    parser = argparse.ArgumentParser(prog="bin/test", description="Run the suite.")
    parser.add_argument("--only", choices=PASSES, help="one pass instead of all three")
    chosen, words = parser.parse_known_args()
    outcomes = [_pass(name, words) for name in ([chosen.only] if chosen.only else PASSES)]
    good = all(outcome.good for outcome in outcomes)
    say(f"test: {'passed' if good else 'FAILED'}: {'; '.join(str(outcome) for outcome in outcomes)}")
    raise SystemExit(0 if good else 1)


def _pass(name: str, words: list[str]) -> Outcome:
    say(f"== tests: {name}")
    with _surroundings(name) as (absent, env):
        return Outcome(name, absent=absent) if absent else _pytest(name, words, env)


@contextlib.contextmanager
def _surroundings(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Why the pass cannot run here (or nothing), and the environment it runs in."""
    env = {**os.environ, "DATABASE_URL": ""}
    if name == "browser":
        yield ("" if chromium() else "no Chromium"), env
    elif name == "sqlite":
        yield "", env
    elif given := os.environ.get("DATABASE_URL"):
        yield "", {**env, "DATABASE_URL": given}
    elif postgres.programs():
        with postgres.cluster() as url:
            yield "", {**env, "DATABASE_URL": url}
    else:
        yield "no PostgreSQL", env


def chromium() -> str | None:
    """The browser the tests drive, if there is one."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))),
        None,
    )


def _pytest(name: str, words: list[str], env: dict[str, str]) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="fengong-test-") as folder:
        report = Path(folder) / "report.xml"
        data = {"FENGONG_DATA": str(Path(folder) / "data")}
        command = [str(PYTHON), "-m", "pytest", "-q", f"--junitxml={report}", *SELECTION[name], *words]
        status = subprocess.run(command, cwd=ROOT, env={**env, **data}, check=False).returncode
        if not report.exists():
            raise give_up(f"pytest did not finish the {name} pass ({status})")
        return read_report(name, 0 if status == 5 else status, report)


def read_report(name: str, status: int, report: Path) -> Outcome:
    """Count from pytest's own report."""
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    total, failures, errors, skipped = (
        sum(int(suite.get(key, 0)) for suite in suites) for key in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return Outcome(name, status=status, passed=total - failed - skipped, failed=failed, skipped=skipped)


if __name__ == "__main__":
    main()
