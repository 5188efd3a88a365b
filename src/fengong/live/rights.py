"""Whether those who listen still may, asked again and again while they do.

Streams that show the same credentials for the same topics, as all windows of one browser do, are asked about together.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from django.conf import settings

from fengong.live.listener import Credentials

Asks = Callable[[Credentials, frozenset[str]], Awaitable[None]]
"""Raises when somebody may not hear these topics."""


class Right:
    """That somebody may hear some topics; every stream that rests on it holds it."""

    def __init__(self, ask: Callable[[], Awaitable[None]]) -> None:
        self._ask = ask
        self._asking: asyncio.Future[None] | None = None
        self._found = 0.0

    async def check(self) -> None:
        """Ask now."""
        begun = time.monotonic()
        await self._ask()
        self._found = begun

    async def renew(self) -> None:
        """Ask unless somebody did a moment ago; those who come meanwhile wait for the same answer."""
        if time.monotonic() - self._found < settings.LIVE_RECHECK_SECONDS:
            return
        if self._asking is None or self._asking.done():
            self._asking = asyncio.ensure_future(self.check())
        await asyncio.shield(self._asking)


class Rights:
    """The rights that the streams of this process rest on; one that no stream holds is forgotten."""

    def __init__(self, ask: Asks) -> None:
        self._ask = ask
        self._held: WeakValueDictionary[tuple[Credentials, frozenset[str]], Right] = WeakValueDictionary()

    async def admit(self, shown: Credentials, topics: frozenset[str]) -> Right:
        """The right to hear these topics, asked for anew whoever holds it already."""
        right = self._held.get((shown, topics))
        if right is None:
            right = self._held[shown, topics] = Right(lambda: self._ask(shown, topics))
        await right.check()
        return right
