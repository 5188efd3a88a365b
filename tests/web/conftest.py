"""Readers: a browser's requests as a member signs in, whole pages and fragments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fengong.people.models import Member
from tests.world import World


class Reader(Client):
    """A signed-in member; `fragment` asks as htmx does, `do` posts as htmx does."""

    def fragment(self, path: str, **more: Any) -> Any:
        return self.get(path, headers={"HX-Request": "true"}, **more)

    def do(self, path: str, method: str = "post", **data: Any) -> Any:
        return getattr(self, method)(path, data, headers={"HX-Request": "true"})


@pytest.fixture
def reader(world: World) -> Callable[[Member], Reader]:
    """Sign a member of the cast in."""

    def sign_in(member: Member) -> Reader:
        client = Reader()
        client.force_login(member.account)
        return client

    return sign_in
