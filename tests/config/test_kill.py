"""Killed twenty times in mid-load: all that was accepted is there once, has one owner or waits, and the books agree."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from django.db import connection
from django.db.models import Count, Sum

from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Load, Message, Ticket
from fengong.dispatch.models import Decision
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.kernel.errors import Refused
from fengong.kernel.models import Event
from fengong.people.actions.tokens import issue_token
from tests.config.tree import children
from tests.serving import Server, free_port, start, wait_for
from tests.world import World, build_world

KILLS = ("web", "worker", "tree", "worker") * 5
WRITERS = 2
BUSY = 60.0  # seconds; a start takes two where nothing else runs, and nothing is gained by failing a busy machine


class Writers:
    """Programs that write tickets in and, like any careful program, send again what was not answered."""

    def __init__(self, address: str, secret: str, customer: int) -> None:
        self.accepted: set[str] = set()
        self._address, self._customer = address, customer
        self._headers = {"Authorization": f"Bearer {secret}"}
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)]

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(20)

    def _write(self, writer: int) -> None:
        with httpx.Client(headers=self._headers, timeout=5) as client:
            number = 0
            while not self._stop.wait(0.01):
                name = f"{writer}-{number}"
                if self._accepted(client, name):
                    self.accepted.add(name)
                    number += 1

    def _accepted(self, client: httpx.Client, name: str) -> bool:
        draft = {
            "subject": f"无法登录 {name}",
            "body": "密码不对",
            "customer_id": self._customer,
            "external_id": name,
        }
        try:
            answer = client.post(f"{self._address}/api/v1/tickets", json=draft)
        except httpx.TransportError:
            return False
        assert answer.status_code < 500 or answer.status_code == 503, answer.text
        return answer.is_success


@contextlib.contextmanager
def members_at_work() -> Iterator[None]:
    """Somebody resolves open tickets all the while, so that there is always room for new ones."""
    stop = threading.Event()

    def work() -> None:
        try:
            while not stop.wait(0.05):
                ticket = Ticket.objects.filter(status=Ticket.Status.OPEN).order_by("?").first()
                if ticket:
                    with contextlib.suppress(Refused):
                        resolve_ticket(actor=SYSTEM, ticket=ticket, at=now())
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(20)


def kill(server: Server, part: str, restart: Callable[[], Server]) -> Server:
    """End a part of the tree at once; what is not restarted by the supervisor is restarted here."""
    if part == "tree":
        server.kill_group()
        return restart()
    pid = children(server).get(part)
    if pid:
        os.kill(pid, signal.SIGKILL)
    return server


def grows(writers: Writers) -> None:
    """Wait until tickets are accepted again, so that each kill falls into the middle of work."""
    before = len(writers.accepted)
    wait_for(lambda: len(writers.accepted) > before + 1, seconds=BUSY)


@pytest.fixture
def cast(transactional_db: None) -> World:
    world = build_world()
    world.go_online(at=now())
    return world


def test_nothing_accepted_is_lost_or_done_twice(cast: World, tmp_path: Path) -> None:
    dice, port, log = random.Random(20), free_port(), tmp_path / "serve.log"
    account = cast.li_na.account
    assert account is not None
    secret = issue_token(actor=SYSTEM, account=account, name="load", at=now()).secret
    server = start(log, port=port)
    try:
        with Writers(server.address, secret, cast.customer.pk) as writers, members_at_work():
            for part in KILLS:
                grows(writers)
                time.sleep(dice.uniform(0, 0.4))
                server = kill(server, part, lambda: start(log, port=port))
            grows(writers)
        wait_for(lambda: settled(cast), seconds=BUSY)
        assert server.stop() == 0, log.read_text()[-2000:]
    finally:
        server.kill_group()
    check_tickets(writers.accepted)
    check_books()


def settled(cast: World) -> bool:
    """Whether the matcher has given out all it can: no graded ticket waits that an L1 member has room for."""
    waiting = Ticket.objects.filter(status=Ticket.Status.WAITING)
    free = max(
        load.capacity - load.effort for load in Load.objects.filter(member__in=[cast.li_na, cast.sun_hao])
    )
    return not waiting.filter(topic=None).exists() and not waiting.filter(tier=1, effort__lte=free).exists()


def check_tickets(accepted: set[str]) -> None:
    """Each accepted one once, each with its message, its opening and as many dispatches as decisions."""
    stored = list(Ticket.objects.values_list("external_id", flat=True))
    assert len(stored) == len(set(stored))
    assert accepted <= set(stored)
    assert len(stored) - len(accepted) <= WRITERS, "more was stored than was sent"
    assert Message.objects.count() == len(stored)
    assert Event.objects.filter(verb="ticket.opened").count() == len(stored)
    owned = Ticket.objects.filter(status=Ticket.Status.OPEN)
    assert not owned.filter(owner=None).exists()
    assert not Ticket.objects.filter(status=Ticket.Status.WAITING).exclude(owner=None).exists()
    decided = dict(Decision.objects.values_list("ticket_id").annotate(Count("pk")))
    dispatched = Event.objects.filter(verb="ticket.dispatched", subjects__kind="ticket")
    assert decided == dict(dispatched.values_list("subjects__ref").annotate(Count("pk")))
    assert set(decided.values()) <= {1}
    assert len(decided) == Ticket.objects.exclude(status=Ticket.Status.WAITING).count()


def check_books() -> None:
    """The load of each member is what their tickets hold, and within capacity."""
    held = dict(Ticket.objects.filter(held__gt=0).values_list("owner_id").annotate(Sum("held")))
    assert {load.member_id: load.effort for load in Load.objects.filter(effort__gt=0)} == held
    assert all(load.effort <= load.capacity for load in Load.objects.all())
