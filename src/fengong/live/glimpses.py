"""News that are no facts: that somebody came to a ticket, left it, or began to write there.

They stand in a small table that every web process reads, for a moment each; a reader who misses one sees the next.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fengong.desk.reading.viewers import stirred_since
from fengong.integrations.widget.queries import typing_since

TOPIC = "viewers"
EVENT = "ticket.viewers"
EVERY = 0.5
"""Seconds between looks."""
WRITES = datetime.max.replace(tzinfo=UTC)
"""Stands for the moment of a change while a customer goes on writing."""
TYPES_FOR = timedelta(seconds=6)
OVERLAP = timedelta(seconds=5)
"""Clocks of machines differ, and a transaction shows its rows when it ends; so each look goes back a little."""


class Glimpses:
    """Follows who looks at which ticket."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, int], datetime] = {}

    def look(self, at: datetime) -> set[int]:
        """Tickets of which others should look again."""
        rows = stirred_since(at - OVERLAP) + _customers(at)
        fresh = {ticket for ticket, member, when in rows if self._told.get((ticket, member)) != when}
        self._told = {(ticket, member): when for ticket, member, when in rows}
        return fresh


def _customers(at: datetime) -> list[tuple[int, int, datetime]]:
    """Customers who began or stopped to write in a chat; their numbers are negative, for members have the others."""
    rows = typing_since(at - OVERLAP - TYPES_FOR)
    return [(ticket, -visitor, WRITES if until > at else until) for ticket, visitor, until in rows]
