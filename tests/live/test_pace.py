"""How often a stream is written, and that news is written once for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any

import pytest

from fengong.kernel.tail import Note
from fengong.live.hub import HELD, Hub
from fengong.live.stream import Live

LONG = 60.0  # so long that no test waits for it


class Facts:
    """Stands in for the tail: facts come when the test says so."""

    def __init__(self) -> None:
        self.head = self.mark = 0
        self._fresh: list[Note] = []

    def start(self, *, at: datetime) -> None:
        """Nothing has happened yet."""

    def poll(self) -> list[Note]:
        fresh, self._fresh = self._fresh, []
        self.head = self.mark = max([self.head, *(note.seq for note in fresh)])
        return fresh

    def happen(self, *numbers: int) -> None:
        self._fresh = [Note(seq, "ticket.replied", (("ticket", 12),)) for seq in numbers]


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> Facts:
    found = Facts()
    monkeypatch.setattr("fengong.live.hub.Tail", lambda: found)
    monkeypatch.setattr("fengong.live.stream.check", lambda shown, topics: None)
    return found


async def until(true: Callable[[], Any]) -> None:
    """Wait for something to be so."""
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


def streamed(act: Callable[[list[list[int]]], Coroutine[Any, Any, None]]) -> None:
    """Open a stream and act on the numbers of the facts in each chunk that was written with any."""
    chunks: list[list[int]] = []
    began = asyncio.Event()

    async def send(message: Mapping[str, Any]) -> None:
        began.set()
        found = [int(piece.split(b"}")[0]) for piece in message.get("body", b"").split(b'"seq":')[1:]]
        if found:
            chunks.append(found)

    async def run() -> None:
        left = asyncio.Event()

        async def receive() -> Mapping[str, Any]:
            await left.wait()
            return {"type": "http.disconnect"}

        scope = {"type": "http", "method": "GET", "path": "/live", "headers": []}
        stream = asyncio.create_task(Live()({**scope, "query_string": b"topics=tickets"}, receive, send))
        await began.wait()
        await act(chunks)
        left.set()
        await stream

    asyncio.run(run())


def test_the_first_news_leaves_at_once_and_the_next_waits_its_turn(
    facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fengong.live.stream.PACE", LONG)

    async def act(chunks: list[list[int]]) -> None:
        facts.happen(1)
        await until(lambda: chunks)
        facts.happen(2)
        await until(lambda: facts.head == 2)
        await asyncio.sleep(0.3)
        assert chunks == [[1]]

    streamed(act)


def test_what_comes_while_a_stream_rests_leaves_in_one_piece(
    facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fengong.live.stream.PACE", 1.5)

    async def act(chunks: list[list[int]]) -> None:
        facts.happen(1)
        await until(lambda: chunks)
        for number in (2, 3, 4):
            facts.happen(number)
            await until(lambda number=number: facts.head == number)
        await until(lambda: len(chunks) == 2)
        assert chunks == [[1], [2, 3, 4]]

    streamed(act)


def test_news_is_written_once_however_many_listen(facts: Facts) -> None:
    async def hear() -> None:
        hub, topics = Hub(), frozenset({"tickets"})
        one, two = await hub.join(topics), await hub.join(topics | {"board"})
        facts.happen(7)
        await until(lambda: hub.mark == 7)
        (told,), (tickets, board) = one.take(hub.mark), two.take(hub.mark)
        assert told is tickets
        assert told == b'event: ticket.replied\ndata: {"topic":"tickets","id":12,"seq":7}\n\n'
        assert b'"board"' in board
        hub.leave(one)
        hub.leave(two)

    asyncio.run(hear())


def test_a_stream_holds_so_much_and_no_more(facts: Facts) -> None:
    async def hear() -> list[int]:
        hub, lengths = Hub(), []
        listener = await hub.join(frozenset({"tickets"}))
        for first, count in ((1, HELD), (1001, HELD + 1)):
            facts.happen(*range(first, first + count))
            await until(lambda first=first, count=count: hub.mark == first + count - 1)
            lengths.append(len(listener.take(hub.mark)))
        hub.leave(listener)
        return lengths

    assert asyncio.run(hear()) == [HELD, 1]
