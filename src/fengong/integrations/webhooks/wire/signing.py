"""Signatures by the Standard Webhooks specification 1.0.0, symmetric."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

PREFIX = "whsec_"


def secret_of(salt: str) -> str:
    """The secret that belongs to a salt: 32 bytes, the same as long as the product's secret key is."""
    key = hmac.new(settings.SECRET_KEY.encode(), f"fengong webhook {salt}".encode(), hashlib.sha256).digest()
    return PREFIX + base64.b64encode(key).decode()


def headers(*, message_id: str, body: bytes, secrets: Iterable[str], at: datetime) -> dict[str, str]:
    """The three headers; one signature for each secret, so that a receiver may hold either while they change."""
    stamp = str(int(at.timestamp()))
    signed = f"{message_id}.{stamp}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
