"""Machine code on disk is never older than the sources it was made from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ASK = """
import sys
import fengong.engine
fengong.engine.__path__.append(sys.argv[1])
from fengong.engine.caller import twice
print(twice(10.0))
"""

_CALLEE = """
from fengong.engine.compiled import compiled
@compiled
def once(x):
    return x + {step}
"""

_CALLER = """
from fengong.engine.compiled import compiled
from fengong.engine.callee import (
    once,
)
@compiled
def twice(x):
    return once(once(x))
"""


def ask(folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NUMBA_")}
    done = subprocess.run(
        [sys.executable, "-c", _ASK, str(folder)], capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "caller.py").write_text(_CALLER)
    return tmp_path


def test_a_changed_callee_in_another_file_is_seen(folder: Path) -> None:
    (folder / "callee.py").write_text(_CALLEE.format(step=1.0))
    assert ask(folder) == "12.0"
    (folder / "callee.py").write_text(_CALLEE.format(step=5.0))
    assert ask(folder) == "20.0"


def test_what_is_unchanged_is_not_compiled_again(folder: Path) -> None:
    (folder / "callee.py").write_text(_CALLEE.format(step=1.0))
    ask(folder)
    made = sorted((path.name, path.stat().st_mtime_ns) for path in folder.rglob("*.nbc"))
    ask(folder)
    assert made and made == sorted((path.name, path.stat().st_mtime_ns) for path in folder.rglob("*.nbc"))
