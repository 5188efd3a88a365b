"""The browser's libraries: npm brings them by the lock file; the few files a page loads are copied."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.place import PACKAGE, PIP, ROOT, VENV, give_up, run, say

LOCK = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")
MODULES = ROOT / "node_modules"
VENDOR = PACKAGE / "web" / "static" / "vendor"
ICONS = PACKAGE / "web" / "icons.txt"
OLDEST_NPM = 10

FILES = {
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx/hx-sse.min.js": "htmx.org/dist/ext/hx-sse.min.js",
    "htmx/LICENSE": "htmx.org/LICENSE",
    "stimulus/stimulus.js": "@hotwired/stimulus/dist/stimulus.js",
    "stimulus/LICENSE": "@hotwired/stimulus/LICENSE.md",
    "echarts/echarts.min.js": "echarts/dist/echarts.min.js",
    "echarts/LICENSE": "echarts/LICENSE",
    "echarts/NOTICE": "echarts/NOTICE",
    "sortable/sortable.esm.js": "sortablejs/modular/sortable.esm.js",
    "sortable/LICENSE": "sortablejs/LICENSE",
    "lucide/LICENSE": "lucide-static/LICENSE",
}
# What `use` brings in inherits from the page, not from this file, so the symbol says how it is drawn; only the width
# of its lines is left to the page.
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-linecap="round" stroke-linejoin="round">{shape}</symbol>'
)
SPRITE = '<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def reads() -> tuple[Path, ...]:
    """What decides the copied files: the lock, the list of icons, this module."""
    return (*LOCK, ICONS, Path(__file__))


def install() -> None:
    """Fetch exactly what the lock file names; no package may run a script of its own."""
    run(
        _npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", env={"PATH": _path()}
    )


def copy() -> None:
    """Lay the needed files out anew under static/vendor."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in FILES.items():
        destination = VENDOR / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, destination)
    (VENDOR / "icons.svg").write_text(sprite(icon_names()), encoding="utf-8")


def icon_names() -> list[str]:
    """The icons our pages use, from the list, one name a line; `#` opens a comment."""
    lines = ICONS.read_text(encoding="utf-8").splitlines() if ICONS.exists() else []
    return sorted({name for line in lines if (name := line.partition("#")[0].strip())})


def sprite(names: list[str]) -> str:
    """One SVG file with a symbol for each icon, to be used by `<use href="…/icons.svg#name">`."""
    return SPRITE.format(symbols="\n".join(SYMBOL.format(name=name, shape=_shape(name)) for name in names))


def _shape(name: str) -> str:
    path = MODULES / "lucide-static" / "icons" / f"{name}.svg"
    if not path.exists():
        raise give_up(f"{ICONS.relative_to(ROOT)}: there is no icon named {name!r}")
    inside = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(encoding="utf-8"), re.DOTALL)
    return " ".join(inside.group(1).split()) if inside else ""


def _npm() -> Path:
    """The machine's npm if it is new enough for our lock file, else the one that the PyPI wheel brings."""
    for candidate in (shutil.which("npm"), VENV / "bin" / "npm"):
        if candidate and Path(candidate).exists() and _major(Path(candidate)) >= OLDEST_NPM:
            return Path(candidate)
    say("setup: Node.js from its Python wheel, for npm")
    pins = ROOT / "requirements" / "node.txt"
    run(*PIP, "install", "--require-hashes", "--requirement", pins)
    return VENV / "bin" / "npm"


def _major(npm: Path) -> int:
    """The first number of its version; 0 where it does not even start."""
    answer = subprocess.run(
        [npm, "--version"], capture_output=True, text=True, check=False, env={**os.environ, "PATH": _path()}
    )
    found = re.match(r"\d+", answer.stdout.strip())
    return int(found.group()) if found and answer.returncode == 0 else 0


def _path() -> str:
    return f"{os.environ.get('PATH', os.defpath)}{os.pathsep}{VENV / 'bin'}"
