"""How often it is asked whether those who listen still may."""

from __future__ import annotations

import asyncio

import pytest
from pytest_django import Settings

from fengong.live.listener import Credentials
from fengong.live.rights import Rights

ANN, BEN = Credentials(session_key="ann"), Credentials(session_key="ben")
TOPICS = frozenset({"tickets"})


class Desk:
    """Counts who was asked for, and says no once the session has ended."""

    def __init__(self) -> None:
        self.asked: list[Credentials] = []
        self.ended = False

    async def ask(self, shown: Credentials, topics: frozenset[str]) -> None:
        self.asked.append(shown)
        await asyncio.sleep(0.01)
        if self.ended:
            raise PermissionError


def test_windows_of_one_browser_are_asked_about_together_and_others_apart(settings: Settings) -> None:
    settings.LIVE_RECHECK_SECONDS = 0.0
    desk = Desk()

    async def run() -> None:
        rights = Rights(desk.ask)
        windows = [await rights.admit(shown, TOPICS) for shown in (ANN, ANN, ANN, BEN)]
        assert desk.asked == [ANN, ANN, ANN, BEN], "each new stream is asked about"
        desk.asked.clear()
        await asyncio.gather(*(window.renew() for window in windows))
        assert desk.asked == [ANN, BEN]

    asyncio.run(run())


def test_every_window_falls_silent_with_the_session(settings: Settings) -> None:
    settings.LIVE_RECHECK_SECONDS = 0.0
    desk = Desk()

    async def run() -> None:
        rights = Rights(desk.ask)
        windows = [await rights.admit(ANN, TOPICS) for _ in range(3)]
        desk.ended = True
        for answer in await asyncio.gather(*(window.renew() for window in windows), return_exceptions=True):
            assert isinstance(answer, PermissionError)
        with pytest.raises(PermissionError):
            await windows[0].renew()

    asyncio.run(run())


def test_nobody_is_asked_about_before_the_time_has_passed(settings: Settings) -> None:
    settings.LIVE_RECHECK_SECONDS = 30.0
    desk = Desk()

    async def run() -> None:
        right = await Rights(desk.ask).admit(ANN, TOPICS)
        await right.renew()
        assert desk.asked == [ANN]

    asyncio.run(run())
