"""bin/setup: from nothing but Python to a checkout that runs.

A stage is skipped while the files it reads are unchanged and what it makes is there.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
import venv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from tools import browser
from tools.place import PACKAGE, PIP, PYTHON, ROOT, VENV, give_up, run, say

STAMP = VENV / "fengong-setup.json"
REQUIREMENTS = ROOT / "requirements"


class Stage(NamedTuple):
    """A step of the set-up: done again only when the files it reads have changed or what it makes is gone."""

    name: str
    reads: tuple[Path, ...]
    makes: tuple[Path, ...]
    work: Callable[[], None]

    def digest(self) -> str:
        """A fingerprint of everything the stage reads."""
        return fingerprint(self.reads)


def main() -> None:
    """Bring the checkout up to date and say what was done."""
    wanted = _wanted()
    if not (PYTHON.exists() and (VENV / "bin" / "pip").exists()):
        _make_environment()
    done = _read_stamp()
    for stage in stages(wanted):
        digest = stage.digest()
        if done.get(stage.name) == digest and all(path.exists() for path in stage.makes):
            continue
        say(f"setup: {stage.name}")
        stage.work()
        done[stage.name] = digest
        STAMP.write_text(json.dumps(done, indent=1))


def stages(wanted: argparse.Namespace) -> Iterable[Stage]:
    """The steps in order; the developer's and the benchmarks' only when asked for."""
    yield _packages("runtime")
    if wanted.dev or wanted.bench:
        yield _packages("dev")
    if wanted.bench:
        yield _packages("bench")
    command = VENV / "bin" / "fengong"
    yield Stage("the fengong command", (ROOT / "pyproject.toml",), (command,), _install_ourselves)
    yield Stage("browser libraries", browser.LOCK, (browser.MODULES,), browser.install)
    yield Stage("browser files", browser.reads(), (browser.VENDOR,), browser.copy)
    kernels = tuple(sorted(PACKAGE.glob("engine/**/*.py")))
    yield Stage("compiled kernels", kernels, (), _compile_kernels)
    catalogues = tuple(sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po")))
    compiled = tuple(path.with_suffix(".mo") for path in catalogues)
    yield Stage("messages", catalogues, compiled, _compile_messages)


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash over the content of the files that exist, and their names."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + (path.read_bytes() if path.exists() else b"absent"))
    return digest.hexdigest()


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/setup", description="Make .venv and everything the product needs."
    )
    parser.add_argument("--dev", action="store_true", help="with tests, lint and types")
    parser.add_argument("--bench", action="store_true", help="with the peers that benchmarks measure against")
    return parser.parse_args()


def _make_environment() -> None:
    if not importlib.util.find_spec("ensurepip"):
        raise give_up(
            "Python's venv module is not complete here. On Debian or Ubuntu: apt-get install python3-venv"
        )
    say(f"setup: .venv with Python {sys.version.split()[0]}")
    venv.create(VENV, with_pip=True, clear=True)


def _read_stamp() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _packages(name: str) -> Stage:
    pins = REQUIREMENTS / f"{name}.txt"
    return Stage(
        f"packages ({name})",
        (pins,),
        (),
        lambda: run(*PIP, "install", "--require-hashes", "--requirement", pins),
    )


def _install_ourselves() -> None:
    """Editable, with the pinned build backend already there, so that nothing more is fetched."""
    run(*PIP, "install", "--no-deps", "--no-build-isolation", "--editable", ROOT)


def _compile_kernels() -> None:
    """What dispatch calls, so that its first decision does not wait for the compiler."""
    run(PYTHON, "-m", "fengong.engine.warm")


def _compile_messages() -> None:
    """In the environment that has Babel, which this process may lack."""
    run(PYTHON, "-m", "tools.messages", "compile")


if __name__ == "__main__":
    main()
