"""The files that belong to the project, read once: text, syntax trees, templates."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "fengong"
LAYERS = (
    ("config",),
    ("web", "api", "live", "demo"),
    ("integrations",),
    ("insight",),
    ("emergency", "growth", "care"),
    ("automation",),
    ("dispatch", "planning"),
    ("desk", "rota", "teamwork"),
    ("customers", "knowledge"),
    ("people",),
    ("kernel",),
    ("engine",),
)
SURFACES = {"config", *LAYERS[1]}
ROOMS = {room for layer in LAYERS for room in layer}
APPS = ROOMS - SURFACES - {"kernel", "engine"}


@functools.cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Everything that is or would be committed, with one of the suffixes when any are given."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = (ROOT / found for found in sorted(set(names)) if found)
    return tuple(path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes))


def python_files(*folders: str) -> tuple[Path, ...]:
    """Our modules below the folders, migrations left out."""
    return tuple(
        path
        for path in files(".py")
        if "migrations" not in path.parts and name(path).startswith(folders or "")
    )


@functools.cache
def text(path: Path) -> str:
    """A file's text; bytes that are no text give none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@functools.cache
def parsed(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(text(path), filename=str(path))


def name(path: Path) -> str:
    """The path as a reader of the checkout knows it."""
    return path.relative_to(ROOT).as_posix()


def depth(room: str) -> int:
    """The floor a room is on, counted from the top."""
    return next(index for index, layer in enumerate(LAYERS) if room in layer)


def rooms_that_stand() -> Iterable[Path]:
    """The packages right below src/fengong."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def apps_that_stand() -> list[Path]:
    """The packages that are Django apps with tables; integrations are a house of several."""
    single = [path for path in rooms_that_stand() if path.name in APPS - {"integrations"}]
    return single + sorted(path.parent for path in PACKAGE.glob("integrations/*/__init__.py"))
