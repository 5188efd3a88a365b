"""Contents of files, kept once under their digest in MEDIA_ROOT. Names, owners and rights stand in tables."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


def put(content: bytes) -> str:
    """Keep a content and return its digest (SHA-256, hexadecimal). The same again is kept once."""
    digest = hashlib.sha256(content).hexdigest()
    path = place(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    return digest


def place(digest: str) -> Path:
    """Where a content lies, whether it is there or not."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / digest


def opened(digest: str) -> BinaryIO:
    """The content, to be read; FileNotFoundError where it is gone."""
    return place(digest).open("rb")


def read(digest: str) -> bytes:
    """The whole content."""
    return place(digest).read_bytes()


def drop(digest: str) -> None:
    """Forget a content that nothing names any more."""
    place(digest).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a reader never meets half a file, and a crash leaves none under the name."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
