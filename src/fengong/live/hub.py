"""The hub: one task of a process follows the spine and hands each fact to those who listen.

It lives in the event loop; only its looks at the database run in a thread of their own. While nobody listens it rests.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.db import close_old_connections

from fengong.kernel import clock
from fengong.kernel.line import Line
from fengong.kernel.tail import Note, Tail, notes_after
from fengong.live import glimpses, wire
from fengong.live.topics import topics_of

BRISK = 0.05  # seconds between looks while facts come in
CALM = 0.09  # and while none do
CALM_AFTER = 100  # looks without a fact
HELD = 256  # messages that wait for one slow listener before they are replaced by "look again"
REPLAYED = 1_000  # facts that a reconnecting listener is told one by one

logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Listener:
    """One open stream: what it wants to hear and what it has not been sent yet."""

    topics: frozenset[str]
    closed: bool = False
    _held: list[bytes] = field(default_factory=list)
    _overflowed: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, news: list[bytes]) -> None:
        """Keep news for sending; beyond what can be held, only the fact that something was missed is kept."""
        if len(self._held) + len(news) > HELD:
            self._overflowed = True
            self._held.clear()
        if not self._overflowed:
            self._held += news
        self._news.set()

    def miss(self) -> None:
        """Something was missed on every topic."""
        self._overflowed = True
        self._held.clear()
        self._news.set()

    def close(self) -> None:
        """Let the stream end."""
        self.closed = True
        self._news.set()

    async def wait(self, seconds: float) -> None:
        """Return when there is news, or after this time."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            pass

    def take(self, mark: int) -> list[bytes]:
        """What to send now, when everything up to the mark has been offered."""
        news = self._held
        if self._overflowed:
            news = [wire.look_again(topic, mark) for topic in sorted(self.topics)]
        self._held, self._overflowed = [], False
        self._news.clear()
        return news


class Hub:
    """Hands facts to listeners. Up to `mark`, everything that will ever be seen has been offered to them."""

    def __init__(self) -> None:
        self.mark = 0
        self._ears: dict[str, set[Listener]] = defaultdict(set)
        self._listeners: set[Listener] = set()
        self._tail = Tail()
        self._line = Line()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spine")
        self._task: asyncio.Task[None] | None = None
        self._following = asyncio.Event()
        self._quiet_looks = 0
        self._glimpses = glimpses.Glimpses()
        self._glimpsed = 0.0

    def __len__(self) -> int:
        return len(self._listeners)

    async def join(self, topics: frozenset[str], *, since: int | None = None) -> Listener:
        """Begin to listen; with `since`, to what was said after that number too."""
        listener = Listener(topics)
        self._listeners.add(listener)
        for topic in topics:
            self._ears[topic].add(listener)
        try:
            if self._task is None or self._task.done():
                self._following.clear()
                self._task = asyncio.create_task(self._follow())
            await self._following.wait()
            if since is not None:
                await self._replay(listener, since)
        except BaseException:
            self.leave(listener)
            raise
        return listener

    def leave(self, listener: Listener) -> None:
        """Stop listening. The last one to leave lets the hub rest."""
        self._listeners.discard(listener)
        for topic in listener.topics:
            self._ears[topic].discard(listener)
            if not self._ears[topic]:
                del self._ears[topic]

    def close(self) -> None:
        """End every stream."""
        for listener in self._listeners:
            listener.close()

    async def _replay(self, listener: Listener, since: int) -> None:
        loop = asyncio.get_running_loop()
        notes = await loop.run_in_executor(self._thread, _notes_after, since)
        if len(notes) > REPLAYED or not 0 <= since <= self._tail.head:
            listener.miss()
            return
        for note in notes:
            for topic, ref in topics_of(note):
                if topic in listener.topics:
                    listener.offer([wire.news(note.verb, topic, ref, note.seq)])

    async def _follow(self) -> None:
        """Look at the spine again and again while anyone listens."""
        loop = asyncio.get_running_loop()
        started = False
        while self._listeners:
            try:
                if not started:
                    await loop.run_in_executor(self._thread, self._start)
                    started, self.mark = True, self._tail.mark
                    self._following.set()
                self._spread(await loop.run_in_executor(self._thread, self._look))
                if glimpses.TOPIC in self._ears and loop.time() - self._glimpsed >= glimpses.EVERY:
                    self._glimpsed = loop.time()
                    self._show(await loop.run_in_executor(self._thread, self._glimpse))
                await asyncio.sleep(self._pace())
            except Exception:
                logger.exception("The hub cannot read the spine; it goes on trying")
                await asyncio.sleep(1.0)

    def _start(self) -> None:
        close_old_connections()
        self._tail.start(at=clock.now())

    def _look(self) -> list[Note]:
        self._line.look_after()
        return self._tail.poll()

    def _spread(self, notes: Iterable[Note]) -> None:
        """Offer each fact on its topics, written once for all; then everybody has heard all that is up to the mark."""
        self._quiet_looks += 1
        told: dict[str, list[bytes]] = defaultdict(list)
        for note in notes:
            self._quiet_looks = 0
            for topic, ref in topics_of(note):
                if topic in self._ears:
                    told[topic].append(wire.news(note.verb, topic, ref, note.seq))
        self._tell(told)
        self.mark = self._tail.mark

    def _tell(self, told: Mapping[str, list[bytes]]) -> None:
        for topic, news in told.items():
            for listener in self._ears.get(topic, ()):
                listener.offer(news)

    def _glimpse(self) -> set[int]:
        return self._glimpses.look(clock.now())

    def _show(self, tickets: set[int]) -> None:
        """Tell who looks at what; it moves no mark, for there is nothing in it to catch up on."""
        news = [wire.news(glimpses.EVENT, glimpses.TOPIC, ticket, self.mark) for ticket in tickets]
        if news:
            self._tell({glimpses.TOPIC: news})

    def _pace(self) -> float:
        return BRISK if self._quiet_looks < CALM_AFTER else CALM


def _notes_after(since: int) -> list[Note]:
    close_old_connections()
    return notes_after(since, limit=REPLAYED + 1)
