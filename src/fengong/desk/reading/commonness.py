"""How common words are among the tickets, as PostgreSQL has counted them.

Its planner knows too, but where a word is not among those it has counted (`pg_stats.most_common_elems`), it takes the
word for commoner than any rare one is, and walks down a million tickets to find three.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

GOOD_FOR = 300.0
"""Seconds. Nothing but the way to the tickets hangs on these figures."""
FETCHED = 16.0
"""Tickets that can be passed by on a walk while one is fetched by its word (measured at a million tickets)."""
COUNTED = """
SELECT greatest(size.reltuples, 0), seen.most_common_elems::text::text[], seen.most_common_elem_freqs
FROM pg_class AS size
LEFT JOIN pg_stats AS seen
  ON seen.schemaname = current_schema() AND seen.tablename = size.relname AND seen.attname = 'words'
WHERE size.oid = 'desk_ticketwords'::regclass
"""


@dataclass(frozen=True, slots=True)
class Commonness:
    """The tickets there are, and the share of them that hold a word, for the commonest words."""

    tickets: float
    shares: dict[str, float]

    def is_rare(self, words: tuple[str, ...], limit: int) -> bool:
        """Whether to fetch all tickets with the words is less work than a walk until `limit` of them are found.

        With a share p of n tickets these are p·n fetched beside limit/p passed; words count as independent.
        """
        share = 1.0
        for word in words:
            share *= self._share(word)
        return FETCHED * share * share * self.tickets < limit

    def _share(self, word: str) -> float:
        if not word.endswith("*"):
            return self.shares.get(word, 0.0)
        return min(sum(share for known, share in self.shares.items() if known.startswith(word[:-1])), 1.0)


def commonness() -> Commonness:
    """What PostgreSQL counted when it last looked at the table; read anew now and then."""
    return _counted(int(time.monotonic() / GOOD_FOR))


@lru_cache(maxsize=1)
def _counted(period: int) -> Commonness:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        tickets, words, shares = cursor.fetchone()
    return Commonness(tickets, dict(zip(words or (), shares or (), strict=False)))
