"""The one door to numba: `@compiled` turns a function over numbers and arrays into machine code.

The machine code is kept on disk, so only the first process after an installation waits for the compiler. Numba looks
only at the file a kernel stands in when it asks whether the code on disk is still true, not at the files of the kernels
it calls. So every kernel is kept in a folder named after a digest of its module and of all engine modules that module
imports, directly or not: other sources, other folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import numba
from numba.core import config

Kernel = TypeVar("Kernel", bound=Callable[..., object])

_ENGINE = Path(__file__).parent
_IMPORT = re.compile(r"^(?:from|import) fengong\.engine\.([\w.]+)", re.MULTILINE)
_UNUSED = 30 * 86400.0  # seconds after which a folder of machine code that nobody read is removed


def compiled(kernel: Kernel) -> Kernel:
    """Compile on first use, in nopython mode, without the global lock held. What it computes stays the same."""
    source = Path(sys.modules[kernel.__module__].__file__ or "")
    if source.is_relative_to(_ENGINE) and not os.environ.get("NUMBA_CACHE_DIR"):
        vars(config)["CACHE_DIR"] = str(_folder(source))
    return cast("Kernel", numba.njit(cache=True, nogil=True, error_model="numpy")(kernel))


@cache
def _folder(source: Path) -> Path:
    """Where the kernels of this module are kept; made if it is not there."""
    made = hashlib.sha256(numba.__version__.encode())
    for path in sorted(_closure(source)):
        made.update(path.relative_to(_ENGINE).as_posix().encode())
        made.update(path.read_bytes())
    folder = _home() / made.hexdigest()[:12]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.utime(folder)
    return folder


def _closure(source: Path) -> set[Path]:
    """This module and every engine module it imports, directly or not."""
    found, ahead = {source}, [source]
    while ahead:
        for name in _IMPORT.findall(ahead.pop().read_text(encoding="utf-8")):
            place = _ENGINE.joinpath(*name.split("."))
            for path in (place.with_suffix(".py"), place / "__init__.py"):
                if path not in found and path.exists():
                    found.add(path)
                    ahead.append(path)
    return found


@cache
def _home() -> Path:
    """The user's cache, else a temporary folder of this user; folders unused for long are removed from it."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fengong" / "compiled"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        home = Path(tempfile.gettempdir())
    if not os.access(home, os.W_OK):
        home = Path(tempfile.gettempdir())
    if home == Path(tempfile.gettempdir()):
        home = home / f"fengong-compiled-{os.getuid()}"
        home.mkdir(mode=0o700, exist_ok=True)
    for folder in home.iterdir():
        if time.time() - folder.stat().st_mtime > _UNUSED:
            shutil.rmtree(folder, ignore_errors=True)
    return home
