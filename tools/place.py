"""Where things stand in the checkout, and how a tool talks and gives up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "fengong"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = (PYTHON, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check")


def say(text: str) -> None:
    """One line of progress, visible at once even through a pipe."""
    print(text, flush=True)


def give_up(text: str, code: int = 1) -> SystemExit:
    """The exit to raise, with the reason on standard error."""
    print(text, file=sys.stderr, flush=True)
    return SystemExit(code)


def run(*command: str | Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run a program to its end; its failure is ours, in its own words."""
    words = [str(word) for word in command]
    if status := subprocess.run(words, cwd=cwd, env={**os.environ, **(env or {})}, check=False).returncode:
        raise give_up(f"failed ({status}): {' '.join(words)}", status)


def required(what: str) -> bool:
    """Whether FENGONG_REQUIRE says that the absence of `what` (postgres, browser, gettext, imap) is an error."""
    return what in os.environ.get("FENGONG_REQUIRE", "").split(",")
