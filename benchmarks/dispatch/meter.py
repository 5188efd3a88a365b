"""How long a process is in the database: statements by Django's execute wrapper, commits by wrapping the commit."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass
class Meter:
    """Sums over one connection."""

    seconds: float = 0.0
    statements: int = 0
    commits: int = 0

    def attach(self) -> None:
        """Measure this thread's connection from now on."""
        connection.ensure_connection()
        connection.execute_wrappers.append(self._statement)
        commit: Callable[[], None] = connection._commit

        def timed() -> None:
            begun = time.perf_counter()
            commit()
            self.seconds += time.perf_counter() - begun
            self.commits += 1

        connection.__dict__["_commit"] = timed

    def _statement(self, execute: Callable[..., Any], *details: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(*details)
        finally:
            self.seconds += time.perf_counter() - begun
            self.statements += 1
