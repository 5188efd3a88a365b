"""A receiver, an endpoint that points at it, and what the worker does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from fengong.integrations.webhooks.actions import endpoints, planning
from fengong.integrations.webhooks.actions.endpoints import EndpointDraft, add_endpoint
from fengong.integrations.webhooks.actions.sending import Sender
from fengong.integrations.webhooks.models import Endpoint
from fengong.kernel.following import Follower
from tests.integrations.webhooks.receiver import Receiver
from tests.serving import wait_for
from tests.world import World


@pytest.fixture(autouse=True)
def a_fresh_process(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    for module in (planning, endpoints):
        monkeypatch.setattr(module, "SPINE", Follower("webhooks"))
    settings.WEBHOOK_NETWORKS, settings.WEBHOOK_HTTP = ["127.0.0.0/8"], True


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().running() as running:
        yield running


@pytest.fixture
def endpoint(world: World, receiver: Receiver) -> Endpoint:
    """One that hears of opened and resolved tickets."""
    draft = EndpointDraft("crm", receiver.url, ["ticket.opened", "ticket.resolved"])
    return add_endpoint(actor=world.admin, draft=draft, at=world.now)[0]


class Worker:
    """Plans and sends as the sweeps do, and waits until everything in the air has landed."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sender = Sender()

    def work(self, minutes: float = 0) -> None:
        at = self.world.now + timedelta(minutes=minutes)
        planning.plan(at=at)
        self.sender.look(at=at)
        land(self.sender, at)


def land(sender: Sender, at: datetime) -> None:
    """Look until nothing is in the air any more; what falls due by an answer is sent, too."""

    def landed() -> bool:
        sender.look(at=at)
        return not sender.flying

    if sender.flying:
        wait_for(landed, seconds=60)


@pytest.fixture
def worker(world: World) -> Worker:
    return Worker(world)


@pytest.fixture
def second_endpoint(world: World) -> Callable[..., Endpoint]:
    def add(name: str, url: str, **more: Any) -> Endpoint:
        given = {"events": ["ticket.opened"], **more}
        return add_endpoint(actor=world.admin, draft=EndpointDraft(name, url, **given), at=world.now)[0]

    return add
