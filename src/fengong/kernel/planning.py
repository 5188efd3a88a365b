"""How PostgreSQL plans what it is asked often.

A statement that has been asked a few times is planned once for all that may stand in its places (`config.settings`).
That suits questions by key. What somebody asks freely is better planned each time, for one word or state is a thousand
times as common as another. SQLite keeps no such plans.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def planned_each_time(*, when: bool = True) -> Iterator[None]:
    """What is asked within is planned for just what it asks, where that is so."""
    if not when or connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    line: Any = connection.connection
    often, line.prepare_threshold = line.prepare_threshold, None
    try:
        yield
    finally:
        line.prepare_threshold = often
