"""Several people who press their button at the very same moment, each on a connection of their own."""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Callable

import pytest
from django.db import connection

from fengong.kernel.errors import Refused


def at_once(*deeds: Callable[[], object], patience: float = 30) -> list[object]:
    """What became of each: what it returned, or the refusal; anything else fails the test."""
    ready = threading.Barrier(len(deeds))
    found: list[object] = [None] * len(deeds)
    errors: list[str] = []

    def act(place: int, deed: Callable[[], object]) -> None:
        try:
            ready.wait(patience)
            found[place] = deed()
        except Refused as refusal:
            found[place] = refusal
        except Exception:
            errors.append(traceback.format_exc())
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(patience)
    assert not any(thread.is_alive() for thread in threads), "somebody hangs"
    assert errors == []
    return found


def need_postgres() -> None:
    """Leave a visible skip on SQLite, and an error where PostgreSQL was asked for."""
    if connection.vendor != "postgresql":
        asked = "postgres" in os.environ.get("FENGONG_REQUIRE", "")
        (pytest.fail if asked else pytest.skip)("this test needs PostgreSQL: set DATABASE_URL")
