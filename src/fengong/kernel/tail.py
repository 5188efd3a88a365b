"""Following the spine as it grows, without losing a fact that becomes visible late.

PostgreSQL hands out sequence numbers before commit, so fact 8 may be visible while fact 7 is still in an open
transaction. A tail therefore remembers each missing number and keeps asking for it until it appears or has been missing
for `patience` seconds, after which it was rolled back. SQLite has one writer, so there nothing is ever late.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from fengong.kernel.models import Event, EventSubject
from fengong.kernel.spine import last_seq

LOOK_BACK = 500  # numbers before the start in which an open transaction may still sit
WIDEST_GAP = 2_000  # a wider jump is a reset of the sequence, not so many open transactions
ASKED_AT_ONCE = 400  # SQL parameters in one query
PATIENCE = 10.0  # seconds
SETTLED = """
    SELECT COALESCE(MIN(before) FILTER (WHERE at >= %s AND before BETWEEN seq - %s AND seq - 2), MAX(seq), 0)
    FROM (
        SELECT seq, at, LEAD(seq, 1, 0) OVER (ORDER BY seq DESC) AS before
        FROM kernel_event ORDER BY seq DESC LIMIT %s
    ) AS latest
"""
"""The number before the first young fact that follows a gap, where there is one; else the newest."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a fact says to those who follow: its place, its verb and what it is about."""

    seq: int
    verb: str
    subjects: tuple[tuple[str, int], ...]


class Tail:
    """A follower of the spine. `mark` is the number up to which nothing can be missing any more."""

    def __init__(
        self, *, patience: float = PATIENCE, limit: int = 500, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._patience = patience
        self._limit = limit
        self._clock = clock
        self._missing: dict[int, float] = {}  # sequence number -> when it was first missed
        self.head = 0

    def start(self, *, at: datetime) -> None:
        """Begin at the end of the spine. Numbers that went missing there a moment ago count as still to come."""
        latest = Event.objects.order_by("-seq").values_list("seq", "at")[:LOOK_BACK]
        seen = sorted(latest)
        self._missing.clear()
        self.head = seen[0][0] if len(seen) == LOOK_BACK else 0
        for seq, happened in seen:
            if at - happened > timedelta(seconds=self._patience):
                self.head = seq
            self._advance(seq)

    @property
    def mark(self) -> int:
        """Everything up to here has been seen or will never come; a reader may resume after it."""
        return min(self._missing) - 1 if self._missing else self.head

    def poll(self) -> list[Note]:
        """Facts that became visible since the last call, late ones first."""
        return notes(self._seen())

    def poll_verbs(self) -> set[str]:
        """Their verbs alone, for who need not know what they are about."""
        return {verb for _, verb in self._seen()}

    def _seen(self) -> list[tuple[int, str]]:
        late = self._late()
        fresh = list(
            Event.objects.filter(seq__gt=self.head).order_by("seq").values_list("seq", "verb")[: self._limit]
        )
        for seq, _ in fresh:
            self._advance(seq)
        return late + fresh

    def _late(self) -> list[tuple[int, str]]:
        if not self._missing:
            return []
        asked = sorted(self._missing)[:ASKED_AT_ONCE]
        found = list(Event.objects.filter(seq__in=asked).order_by("seq").values_list("seq", "verb"))
        for seq, _ in found:
            del self._missing[seq]
        expired = self._clock() - self._patience
        for seq in asked:
            if self._missing.get(seq, expired) < expired:
                del self._missing[seq]
        return found

    def _advance(self, seq: int) -> None:
        if seq - self.head <= WIDEST_GAP:
            now = self._clock()
            self._missing.update((missing, now) for missing in range(self.head + 1, seq))
        self.head = max(self.head, seq)


def notes(rows: list[tuple[int, str]]) -> list[Note]:
    """Facts given by number and verb, with their subjects."""
    subjects: dict[int, list[tuple[str, int]]] = {seq: [] for seq, _ in rows}
    found = (
        EventSubject.objects.filter(event__in=list(subjects)).values_list("event_id", "kind", "ref")
        if rows
        else ()
    )
    for seq, kind, ref in found:
        subjects[seq].append((kind, ref))
    return [Note(seq=seq, verb=verb, subjects=tuple(subjects[seq])) for seq, verb in rows]


def notes_after(seq: int, *, limit: int) -> list[Note]:
    """Facts past a number, oldest first, for a reader that resumes."""
    return notes(list(Event.objects.filter(seq__gt=seq).order_by("seq").values_list("seq", "verb")[:limit]))


def settled_seq(*, at: datetime) -> int:
    """The number after which a page drawn now may have missed something; give it to the page to resume from.

    It is where a tail that starts now has its mark, asked for in one small statement: every page asks.
    """
    if connection.vendor == "sqlite":
        return last_seq()
    with connection.cursor() as cursor:
        cursor.execute(SETTLED, [at - timedelta(seconds=PATIENCE), WIDEST_GAP, LOOK_BACK])
        seq: int = cursor.fetchone()[0]
    return seq
