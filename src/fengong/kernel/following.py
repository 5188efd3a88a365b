"""Following the spine with a bookmark in the database: a reader that is killed goes on where it stood.

A fact is handed out at least once: after a crash those past the bookmark come again, so what a reader does for a fact
must carry a mark of its own, such as a row that is unique by the fact's number.
"""

from __future__ import annotations

from datetime import datetime

from fengong.kernel.models import Bookmark
from fengong.kernel.tail import Note, Tail, settled_seq

LIMIT = 200


class Follower:
    """One reader of the spine. Several processes may hold one of the same name; whoever is ahead sets the place."""

    def __init__(self, name: str, *, limit: int = LIMIT) -> None:
        self._name = name
        self._limit = limit
        self._tail: Tail | None = None
        self._stored = -1

    def begin(self, *, at: datetime) -> None:
        """Start at the end of the spine where no bookmark stands yet."""
        Bookmark.objects.get_or_create(name=self._name, defaults={"seq": settled_seq(at=at)})

    def jump(self, *, at: datetime) -> None:
        """Go to the end of the spine; what stands before it will not be read."""
        Bookmark.objects.update_or_create(name=self._name, defaults={"seq": settled_seq(at=at)})
        self._tail = None

    def poll(self) -> list[Note]:
        """Facts not handed out before, late ones first; nothing before `begin`."""
        stored = Bookmark.objects.filter(name=self._name).values_list("seq", flat=True).first()
        if stored is None:
            return []
        if self._tail is None or stored != self._stored:
            self._tail, self._stored = Tail(limit=self._limit), stored
            self._tail.head = stored
        return self._tail.poll()

    def keep_place(self) -> None:
        """Everything handed out has been dealt with: move the bookmark."""
        if self._tail is None or self._tail.mark <= self._stored:
            return
        moved = Bookmark.objects.filter(name=self._name, seq=self._stored).update(seq=self._tail.mark)
        self._stored = self._tail.mark if moved else -1

    def forget(self) -> None:
        """What was handed out could not be dealt with: hand it out again."""
        self._tail = None
