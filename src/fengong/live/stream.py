"""The ASGI application behind `/live`: checks who asks, then writes the stream until either side ends it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest

from fengong.live import wire
from fengong.live.hub import Hub, Listener
from fengong.live.listener import Credentials, MayNotHear, NotSignedIn, check
from fengong.live.problem import Problem
from fengong.live.rights import Right, Rights
from fengong.live.topics import GATHERINGS, KINDS, MOST_TOPICS, exists

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HEARTBEAT = 15.0  # seconds; proxies cut connections that are silent for longer, most often after 60
PACE = 0.25
"""Seconds between two writings of news on one stream: the first after a quiet moment leaves at once, and what comes in
the meantime leaves together. A page that hears more often looks no more often."""
MUCH, LONGEST = 8, 4.0
"""After more news than `MUCH` the pause is longer in proportion, up to `LONGEST` times: what changes a hundred times a
second nobody reads four times a second."""
START_WITHIN = 5.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Live:
    """All streams of this process."""

    def __init__(self) -> None:
        self._hub = Hub()
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="listeners")
        self._rights = Rights(self._check)
        self._loop: asyncio.AbstractEventLoop | None = None

    def close(self) -> None:
        """End every stream, so that the server can stop; safe to call from a signal handler."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._hub.close)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._loop = asyncio.get_running_loop()
        request = ASGIRequest(scope, BytesIO())
        try:
            listener, right = await self._admit(request)
        except Problem as problem:
            await problem.respond(send)
            return
        writing = asyncio.create_task(self._write(send, listener, right))
        leaving = asyncio.create_task(_disconnected(receive))
        try:
            await asyncio.wait({writing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hub.leave(listener)
            writing.cancel()
            leaving.cancel()
            await asyncio.gather(writing, leaving, return_exceptions=True)

    async def _admit(self, request: ASGIRequest) -> tuple[Listener, Right]:
        """A listener for what the request asks and the right it rests on, or a Problem."""
        if request.method != "GET":
            raise Problem(
                405, "method-not-allowed", "The stream is read with GET.", headers=[(b"allow", b"GET")]
            )
        topics, since = _topics(request), _since(request)
        if len(self._hub) >= settings.LIVE_MAX_CLIENTS:
            raise Problem.full(
                f"This process already serves {settings.LIVE_MAX_CLIENTS} streams. Try again soon."
            )
        right = await self._rights.admit(_credentials(request), topics)
        try:
            async with asyncio.timeout(START_WITHIN):
                return await self._hub.join(topics, since=since), right
        except TimeoutError as error:
            raise Problem.full("The database does not answer. Try again soon.") from error

    async def _check(self, shown: Credentials, topics: frozenset[str]) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._threads, check, shown, topics)
        except NotSignedIn as error:
            raise Problem(401, "not-signed-in", "Sign in to hear what changes.") from error
        except MayNotHear as error:
            raise Problem(403, "denied", f"You may not hear the topic {error}.") from error

    async def _write(self, send: Send, listener: Listener, right: Right) -> None:
        """Send news as it comes, and a sign of life when none does; ends when the right to listen has ended."""
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        while not listener.closed:
            news = listener.take(self._hub.mark)
            await send(_body(b"".join([*news, wire.here(self._hub.mark)]), more=True))
            if news:
                await asyncio.sleep(PACE * min(max(len(news) / MUCH, 1.0), LONGEST))
            await listener.wait(min(HEARTBEAT, settings.LIVE_RECHECK_SECONDS))
            try:
                await right.renew()
            except Problem:
                break
        await send(_body(b"", more=False))


def _body(content: bytes, *, more: bool) -> MutableMapping[str, Any]:
    return {"type": "http.response.body", "body": content, "more_body": more}


def _topics(request: ASGIRequest) -> frozenset[str]:
    asked = frozenset(filter(None, request.GET.get("topics", "").split(",")))
    if not asked or len(asked) > MOST_TOPICS:
        raise Problem(
            400, "invalid-topics", f"Name 1 to {MOST_TOPICS} topics, such as ?topics=ticket:12,tickets."
        )
    for topic in asked:
        if not exists(topic):
            known = ", ".join([*sorted(GATHERINGS), *(f"{kind}:1" for kind in sorted(KINDS))])
            raise Problem(
                400, "invalid-topics", f"There is no topic {topic[:60]!r}. Topics are such as {known}."
            )
    return asked


def _since(request: ASGIRequest) -> int | None:
    """Where the client stopped reading; a number we never sent means that it must look at everything again."""
    said = request.headers.get("last-event-id") or request.GET.get("since")
    if not said:
        return None
    return int(said) if said.isdecimal() and len(said) < 19 else -1


def _credentials(request: ASGIRequest) -> Credentials:
    return Credentials(
        session_key=request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
        visitor=request.headers.get("x-visitor", ""),
    )


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
