"""Passwords of mail servers, sealed: encrypted and signed by a key that is derived from the product's secret key.

Who has the database alone reads none of them. Who changes the secret key has to type the passwords again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(ValueError):
    """A sealed text was sealed by another key."""


def seal(text: str) -> str:
    """The text, encrypted; a blank text stays blank."""
    return _box().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """The text again; Unreadable when it was sealed by another key."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def mark(purpose: str, of: str, length: int) -> str:
    """A short proof that we made something, in letters and digits of one case: addresses lose theirs on the way."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"mail {purpose} {of}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:length]


def is_mark(given: str, purpose: str, of: str, length: int) -> bool:
    """Whether a proof is the right one."""
    return hmac.compare_digest(given.lower().encode(), mark(purpose, of, length).encode())


def _box() -> Fernet:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fengong mail secrets")
    return Fernet(base64.urlsafe_b64encode(kdf.derive(settings.SECRET_KEY.encode())))
