"""A place in a list, as it stands in an address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any


def written_place(place: Sequence[Any] | None) -> str:
    """`(moment, id)` as text; blank at the end of a list."""
    return f"{place[0].isoformat()}_{place[1]}" if place else ""


def place_of(text: str) -> tuple[datetime, int] | None:
    """The place a text names; the beginning where it makes no sense."""
    moment, _sep, pk = text.rpartition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at, int(pk)) if at.tzinfo and 0 < int(pk) < 2**62 else None
    except ValueError:
        return None
