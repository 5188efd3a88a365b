"""bin/ci: an ordered list of steps, each timed; all of them run, and the end counts what failed."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from tools.place import PYTHON, ROOT, say

FENGONG = ROOT / ".venv" / "bin" / "fengong"
TEST = (ROOT / "bin" / "test", "--only")
STEPS: dict[str, tuple[str | Path, ...]] = {
    "set-up": (ROOT / "bin" / "setup", "--bench"),
    "lint": (ROOT / "bin" / "lint",),
    "migrations": (FENGONG, "manage", "makemigrations", "--check", "--dry-run"),
    "messages": (PYTHON, "-m", "tools.messages", "check"),
    "tests on SQLite": (*TEST, "sqlite"),
    "tests on PostgreSQL": (*TEST, "postgres"),
    "tests in a browser": (*TEST, "browser"),
    "benchmarks start": (PYTHON, "-m", "benchmarks", "--all", "--quick"),
}


def main() -> None:
    """Run every step and fail if one did."""
    for number, name in enumerate(STEPS, 1):
        say(f"{number}. {name}")
    results = {name: _timed(number, name) for number, name in enumerate(STEPS, 1)}
    failed = [name for name, (status, _) in results.items() if status]
    say("\nci:")
    for name, (status, seconds) in results.items():
        say(f"  {'FAILED' if status else 'ok':6} {seconds:7.1f} s  {name}")
    total = sum(seconds for _, seconds in results.values())
    say(f"ci: {len(results) - len(failed)} of {len(results)} steps passed in {total:.0f} s")
    raise SystemExit(1 if failed else 0)


def _timed(number: int, name: str) -> tuple[int, float]:
    say(f"\n===== {number}. {name}")
    start = time.monotonic()
    status = subprocess.run(STEPS[name], cwd=ROOT, check=False, stdin=subprocess.DEVNULL).returncode
    return status, time.monotonic() - start


if __name__ == "__main__":
    main()
