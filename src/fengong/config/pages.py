"""Django on a fixed crew of threads.

Left alone, Django's ASGI handler makes a thread for each request, and with it a new database connection that nobody
reuses or closes; on PostgreSQL a burst of requests then runs out of connections. Here each request borrows one of a few
threads that keep their connection, and waits its turn when all are at work.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

READ_AHEAD = (
    2_500_000  # bytes of a body that are waited for before a thread is taken; Django keeps as much in memory
)


class Pages:
    """An ASGI application that lends its threads to another one, one thread a request."""

    def __init__(self, application: Application, *, threads: int) -> None:
        self._application = application
        self._idle: asyncio.LifoQueue[ThreadPoolExecutor] = asyncio.LifoQueue()
        for _ in range(threads):
            self._idle.put_nowait(ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        receive = await _read_ahead(receive)
        thread = await self._idle.get()
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self._application(scope, receive, send)
        finally:
            self._idle.put_nowait(thread)


async def _read_ahead(receive: Receive) -> Receive:
    """Wait for the body first, so that a slow sender does not hold a thread."""
    messages: deque[Message] = deque()
    size = 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if not message.get("more_body") or size > READ_AHEAD:
            break

    async def replay() -> Message:
        return messages.popleft() if messages else await receive()

    return replay
