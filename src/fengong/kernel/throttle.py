"""A growing pause after wrong passwords, per place and address. Nobody can lock a colleague out from elsewhere."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.core.cache import cache

FREE = 5
"""Wrong attempts before the first pause."""
LONGEST = 60
"""Longest pause in seconds."""
FORGET = 15 * 60


class Throttle:
    """Counts wrong attempts in the cache; after FREE of them each costs a pause twice as long as the last."""

    def __init__(self, place: str, email: str) -> None:
        digest = hashlib.sha256(f"{place} {email.strip().casefold()}".encode(errors="replace"))
        self.key = f"sign-in:{digest.hexdigest()}"

    def wait(self, at: datetime) -> int:
        """Seconds left to wait, 0 when one may try."""
        _count, until = cache.get(self.key, (0, at))
        seconds: int = -(-(until - at) // timedelta(seconds=1))
        return max(0, seconds)

    def note(self, *, success: bool, at: datetime) -> None:
        """Remember how an attempt ended."""
        if success:
            cache.delete(self.key)
            return
        count = cache.get(self.key, (0, at))[0] + 1
        pause = min(2 ** (count - FREE), LONGEST) if count >= FREE else 0
        cache.set(self.key, (count, at + timedelta(seconds=pause)), FORGET)
