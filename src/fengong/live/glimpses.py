"""News that are no facts: that somebody came to a ticket, left it, or began to write there.

They stand in a small table that every web process reads, for a moment each; a reader who misses one sees the next.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from fengong.desk.reading.viewers import stirred_since

TOPIC = "viewers"
EVENT = "ticket.viewers"
EVERY = 0.5
"""Seconds between looks."""
OVERLAP = timedelta(seconds=5)
"""Clocks of machines differ, and a transaction shows its rows when it ends; so each look goes back a little."""


class Glimpses:
    """Follows who looks at which ticket."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, int], datetime] = {}

    def look(self, at: datetime) -> set[int]:
        """Tickets of which others should look again."""
        rows = stirred_since(at - OVERLAP)
        fresh = {ticket for ticket, member, when in rows if self._told.get((ticket, member)) != when}
        self._told = {(ticket, member): when for ticket, member, when in rows}
        return fresh
