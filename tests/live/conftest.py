"""A web process on the test's database, and ears to listen to it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from fengong.people.models import Member
from tests.serving import Server, web_process
from tests.world import World, build_world


@dataclass
class Heard:
    """One message of a stream."""

    event: str
    topic: str
    id: int | None
    seq: int


class Ear:
    """One open stream, read line by line."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.mark = ""
        self._lines = response.iter_lines()

    def next(self) -> Heard:
        """The next message; fails when none comes for as long as the client waits."""
        event = ""
        for line in self._lines:
            name, _, value = line.partition(": ")
            if name == "event":
                event = value
            elif name == "id":
                self.mark = value
            elif name == "data":
                return Heard(event, **json.loads(value))
        raise EOFError("the stream ended")

    def settle(self) -> str:
        """Read up to the next mark and return it."""
        for line in self._lines:
            if line.startswith("id: "):
                self.mark = line.removeprefix("id: ")
                return self.mark
        raise EOFError("the stream ended")


@pytest.fixture
def cast(transactional_db: None) -> World:
    """The shared cast, committed, so that other processes see it."""
    return build_world()


@pytest.fixture(scope="session")
def shared_web(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One web process for all tests here: sequence numbers only grow, so no test sees another's facts."""
    with django_db_blocker.unblock(), web_process(tmp_path_factory.mktemp("web") / "log") as server:
        yield server


@pytest.fixture
def web(cast: World, shared_web: Server) -> Server:
    """The web process, with the cast in its database."""
    return shared_web


def cookie_of(member: Member) -> dict[str, str]:
    """The cookie of a fresh session of this member."""
    client = Client()
    assert member.account is not None
    client.force_login(member.account)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


@contextlib.contextmanager
def listening(server: Server, cookies: dict[str, str], topics: str, **headers: Any) -> Iterator[Ear]:
    """An open stream that has told its first mark."""
    address = f"{server.address}/live?topics={topics}"
    with httpx.stream("GET", address, headers=headers, cookies=cookies, timeout=20) as response:
        assert response.status_code == 200, response.read()
        yield Ear(response)
