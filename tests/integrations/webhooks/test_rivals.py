"""Several workers at once, in real threads: each event is planned once, and each message sent once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from fengong.integrations.webhooks.actions import planning
from fengong.integrations.webhooks.actions.sending import Sender
from fengong.integrations.webhooks.models import Delivery
from tests.automation.test_rivals import OwnReaders
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world(accounts=False)


def _together(work: Callable[[], object]) -> list[BaseException]:
    gate, errors = threading.Barrier(WORKERS), []

    def run() -> None:
        try:
            gate.wait(timeout=20)
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors


def test_four_workers_plan_each_event_once(world, endpoint, monkeypatch):
    monkeypatch.setattr(planning, "SPINE", OwnReaders("webhooks"))
    for _ in range(20):
        world.ticket()
    assert _together(lambda: planning.plan(at=world.now)) == []
    assert Delivery.objects.count() == 20


def test_four_workers_send_each_message_once(world, receiver, endpoint):
    for _ in range(20):
        world.ticket()
    planning.plan(at=world.now)

    def send() -> None:
        sender, until = Sender(), time.monotonic() + 60
        while time.monotonic() < until and (
            sender.flying or Delivery.objects.filter(state="waiting").exists()
        ):
            sender.look(at=world.now + timedelta(seconds=1))
            time.sleep(0.01)

    assert _together(send) == []
    ids = [headers["webhook-id"] for _path, headers, _body in receiver.requests]
    assert (len(ids), len(set(ids))) == (20, 20)
    assert set(Delivery.objects.values_list("state", "tries")) == {("done", 1)}
