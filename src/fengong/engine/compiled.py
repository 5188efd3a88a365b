"""The one door to numba: `@compiled` turns a function over numbers and arrays into machine code.

The machine code is kept on disk beside the module, or in the user's cache where that is read-only, so only the first
process after an installation waits for the compiler. Numba by itself asks only whether the file a kernel stands in is
still the same, not the files of the kernels it calls. So the stamp it compares is replaced by a digest of the module
and of all modules of the engine that it imports, directly or not.
"""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

import numba
from numba.extending import register_jitable

Kernel = TypeVar("Kernel", bound=Callable[..., object])

_INNER = {
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,
    "forceinline": True,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
_IMPORT = re.compile(r"^from (fengong\.engine[\w.]*) import ([\w ,]+|\([^)]*\))", re.MULTILINE)


def compiled(kernel: Kernel) -> Kernel:
    """Compile on first use, in nopython mode, without the global lock held. What it computes stays the same."""
    return _kept(kernel)


def lean(kernel: Kernel) -> Kernel:
    """As `compiled`, for kernels that make no array: they work on those they are given and count no references.

    Counting them for every array of a tuple that is handed on takes far longer than the work of a small kernel: the
    question who of twenty takes a ticket was answered in 20 microseconds with, and in 0.08 without. Making an array in
    a lean kernel is a typing error. Slices, loops over rows and a `numpy.random.Generator` are fine; a kernel that
    makes arrays may call lean ones.
    """
    return _kept(kernel, _nrt=False, forceinline=True)


def inner(kernel: Kernel) -> Kernel:
    """As `lean`, for small kernels that other kernels call: they become part of those and need no door to Python, which
    for a tuple of fifty arrays takes twice as long to compile as the kernel. Called from Python they are plain Python.
    """
    jitable: Any = register_jitable
    return cast("Kernel", jitable(**_INNER)(kernel))


def making(kernel: Kernel) -> Kernel:
    """As `inner`, for those of them that make arrays: only kernels that are `compiled` may call them."""
    jitable: Any = register_jitable
    return cast("Kernel", jitable(**{**_INNER, "_nrt": True})(kernel))


def _kept(kernel: Kernel, **options: bool) -> Kernel:
    """The kernel as machine code, kept on disk under the digest of all that goes into it."""
    compile_when_called: Any = numba.njit  # its types know only the options of its manual
    dispatcher = compile_when_called(cache=True, nogil=True, error_model="numpy", **options)(kernel)
    dispatcher._cache._cache_file._source_stamp = _stamp(kernel.__module__)
    return cast("Kernel", dispatcher)


@cache
def _stamp(module: str) -> str:
    """A digest of the sources of this module and of every engine module it imports, directly or not."""
    sources = {name: inspect.getsource(sys.modules[name]) for name in sorted(_closure(module))}
    return hashlib.sha256(repr(sources).encode()).hexdigest()


def _closure(module: str) -> set[str]:
    found, ahead = {module}, [module]
    while ahead:
        for package, names in _IMPORT.findall(inspect.getsource(sys.modules[ahead.pop()])):
            inside = {f"{package}.{name.strip()}" for name in names.strip("()").split(",")}
            news = {name for name in {package, *inside} if name in sys.modules} - found
            found |= news
            ahead.extend(news)
    return found
