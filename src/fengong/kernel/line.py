"""A thread's line to the database, looked after now and then.

Django closes a line that broke or grew old when it is told to, and checks a line with a statement of its own after it
was told. For a thread that looks at the database many times a second that would be half of all it asks.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import close_old_connections, connection

EVERY = 5.0  # seconds


class Line:
    """The line of one thread; `look_after` it before each piece of work."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looked: float | None = None

    def look_after(self) -> None:
        """Let go of a line that is broken or old: at once after an error, else every few seconds."""
        now = self._clock()
        if connection.errors_occurred or self._looked is None or now - self._looked >= EVERY:
            close_old_connections()
            self._looked = now
