"""Raw mails on disk, below MEDIA_ROOT/mail, each under its digest; written whole or not at all, never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from fengong.integrations.mail.reading.charsets import decode


def put(raw: bytes) -> str:
    """Keep a mail and return its digest (SHA-256, hexadecimal)."""
    digest = hashlib.sha256(raw).hexdigest()
    path = place(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return digest


def read(digest: str) -> bytes:
    """The bytes of a mail; FileNotFoundError where they are gone."""
    return place(digest).read_bytes()


def beginning(digest: str, size: int = 1500) -> str:
    """The first bytes of a mail as text; blank where the mail is gone."""
    try:
        with place(digest).open("rb") as file:
            return decode(file.read(size))
    except FileNotFoundError:
        return ""


def place(digest: str) -> Path:
    """Where a mail lies."""
    return Path(settings.MEDIA_ROOT) / "mail" / digest[:2] / f"{digest}.eml"
