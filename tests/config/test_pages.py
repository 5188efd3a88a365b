"""Requests share a fixed crew of threads."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from fengong.config.pages import READ_AHEAD, Pages, Receive, Scope, Send

used: list[int] = []


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the body and does two things in a thread, as a Django view behind a middleware does."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    threads = {await sync_to_async(_work)(), await sync_to_async(_work)()}
    assert len(threads) == 1
    used.extend(threads)
    if scope["path"] == "/broken":
        raise ValueError
    await send({"size": size})


def _work() -> int:
    time.sleep(0.002)
    return threading.get_ident()


async def request(pages: Pages, *bodies: bytes, path: str = "/", after: asyncio.Event | None = None) -> int:
    """The size of the body that arrived."""
    waiting, answers = list(bodies) or [b""], []

    async def receive() -> Mapping[str, Any]:
        if after and len(waiting) < len(bodies):
            await after.wait()
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message: Mapping[str, Any]) -> None:
        answers.append(message["size"])

    await pages({"type": "http", "path": path}, receive, send)
    size: int = answers[0]
    return size


@pytest.fixture(autouse=True)
def fresh() -> None:
    used.clear()


def test_many_requests_take_turns_on_few_threads() -> None:
    async def crowd() -> list[int]:
        pages = Pages(page, threads=3)
        return await asyncio.gather(*(request(pages) for _ in range(40)))

    assert asyncio.run(crowd()) == [0] * 40
    assert len(used) == 40
    assert len(set(used)) <= 3


def test_a_request_that_fails_gives_its_thread_back() -> None:
    async def two() -> None:
        pages = Pages(page, threads=1)
        with pytest.raises(ValueError):
            await request(pages, path="/broken")
        await asyncio.wait_for(request(pages), 60)

    asyncio.run(two())
    assert len(set(used)) == 1


def test_a_slow_sender_holds_no_thread() -> None:
    async def both() -> list[str]:
        pages, order, done = Pages(page, threads=1), [], asyncio.Event()

        async def slow() -> None:
            await request(pages, b"x", b"y", after=done)
            order.append("slow")

        async def quick() -> None:
            await request(pages, b"x", b"y")
            order.append("quick")
            done.set()

        await asyncio.wait_for(asyncio.gather(slow(), quick()), 60)
        return order

    assert asyncio.run(both()) == ["quick", "slow"]


def test_bodies_arrive_whole_whatever_their_size() -> None:
    async def sizes() -> list[int]:
        pages = Pages(page, threads=1)
        half = b"x" * (READ_AHEAD // 2 + 1)
        return [await request(pages, b"ab", b"c"), await request(pages, half, half, half)]

    assert asyncio.run(sizes()) == [3, 3 * (READ_AHEAD // 2 + 1)]
