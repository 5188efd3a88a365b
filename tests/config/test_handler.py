"""A request makes few steps between the loop and its thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext

from fengong.config.handler import Handler

STEPS = 3
"""Before the request, the response, and after it."""


class Counted(ThreadPoolExecutor):
    """A thread that counts how often it is called."""

    calls = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.calls += 1
        return super().submit(fn, *args, **kwargs)


def test_middleware_and_view_are_one_step_to_the_thread() -> None:
    thread = Counted(max_workers=1)
    assert asyncio.run(_asked(thread, "/api/v1/nothing")) == 404
    assert thread.calls <= STEPS


async def _asked(thread: ThreadPoolExecutor, path: str) -> int:
    waiting, sent = [{"type": "http.request", "body": b""}], []

    async def receive() -> Mapping[str, Any]:
        if not waiting:
            await asyncio.sleep(60)
        return waiting.pop()

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
    }
    async with ThreadSensitiveContext(executor=thread):
        await Handler()(scope, receive, send)
    status: int = sent[0]["status"]
    return status
