"""So many times within so many seconds: how often one place may do what anybody may do."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.core.cache import cache

BUCKETS = 2


class Allowance:
    """Counts in the cache, in a window that slides by halves. Whose it is stands there only as a digest."""

    def __init__(self, what: str, whose: str, *, most: int, seconds: int) -> None:
        digest = hashlib.sha256(f"{what} {whose}".encode(errors="replace")).hexdigest()
        self.key = f"allowance:{digest}"
        self.most = most
        self.half = timedelta(seconds=seconds) / BUCKETS

    def take(self, at: datetime) -> bool:
        """Use one up; false when there is none left."""
        now = int(at.timestamp() // self.half.total_seconds())
        counts = cache.get_many([self._bucket(now), self._bucket(now - 1)])
        if sum(counts.values()) >= self.most:
            return False
        if not cache.add(self._bucket(now), 1, self.half.total_seconds() * (BUCKETS + 1)):
            cache.incr(self._bucket(now))
        return True

    def _bucket(self, number: int) -> str:
        return f"{self.key}:{number}"
