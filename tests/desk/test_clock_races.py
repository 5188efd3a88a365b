"""Policies that change while others write, and sweeps at the same moment: on PostgreSQL, with real threads."""

from __future__ import annotations

import os
import random
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from fengong.desk.actions.drafting import Matter
from fengong.desk.actions.intake import open_tickets
from fengong.desk.actions.messages import add_note, receive_message, reply
from fengong.desk.actions.service_policies import Rung
from fengong.desk.models import Ticket
from fengong.kernel.actor import SYSTEM
from tests.desk.promised import fresh, policy, sweep, told
from tests.desk.test_clocks import deadlines, expected
from tests.world import World

SECONDS = 6.0
MINUTE = timedelta(minutes=1)
PATIENCE = 60
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def on_postgres(transactional_db: None) -> None:
    """Leave a visible skip on SQLite, and an error where PostgreSQL was asked for."""
    if connection.vendor != "postgresql":
        asked = "postgres" in os.environ.get("FENGONG_REQUIRE", "")
        (pytest.fail if asked else pytest.skip)("this test needs PostgreSQL: set DATABASE_URL")


class Hands:
    """Threads, each on a connection of its own, and what went wrong in them."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def do(self, *works: Callable[[], object]) -> None:
        """All at once, until each is done."""
        threads = [threading.Thread(target=self._run, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=2 * PATIENCE)
        assert not any(thread.is_alive() for thread in threads), "somebody hangs"
        assert self.errors == []

    def _run(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception:
            self.errors.append(traceback.format_exc())
        finally:
            connection.close()


class Shift:
    """For some seconds people write, each in tickets of their own, an administrator changes promises, sweeps go on."""

    def __init__(self, world: World) -> None:
        self.world, self.done = world, Counter[str]()
        self._began = time.monotonic()

    @property
    def at(self) -> datetime:
        return self.world.now + timedelta(seconds=1 + time.monotonic() - self._began)

    def again_and_again(self, work: Callable[[random.Random], object], seed: int) -> Callable[[], None]:
        def go_on() -> None:
            dice = random.Random(seed)
            while time.monotonic() - self._began < SECONDS or not self.done[work.__name__]:
                work(dice)
                self.done[work.__name__] += 1

        return go_on

    def write(self, dice: random.Random) -> None:
        """A ticket comes in, alone or among others, and is talked about."""
        world, member = self.world, self.world.li_na
        matter = Matter(world.customer, "忘记密码", "请看", topic=world.topics["accounts"])
        opened = open_tickets(actor=SYSTEM, matters=[matter] * dice.randint(1, 3), at=self.at)
        mine = [one.ticket for one in opened if one.ticket] + [world.ticket(at=self.at)]
        for ticket in mine * 2:
            verb = dice.choice((reply, add_note, receive_message))
            if verb is receive_message:
                receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="?", at=self.at)
            else:
                verb(actor=member, ticket=ticket, member=member, body="好", at=self.at)

    def promise(self, dice: random.Random) -> None:
        """The administrator thinks better of it."""
        first, again, update = (dice.randint(10, 90) for _ in range(3))
        policy(
            first_response=first,
            next_response=again,
            update=update,
            resolution=dice.randint(100, 900),
            at=self.at,
        )

    def look(self, dice: random.Random) -> None:
        """A sweep."""
        sweep(self.at)


def test_after_a_policy_has_changed_under_writers_every_clock_equals_its_recomputation(world: World):
    policy(first_response=60, next_response=30, update=45, resolution=600)
    shift = Shift(world)
    works = (shift.write, shift.write, shift.write, shift.promise, shift.look, shift.look)
    Hands().do(*(shift.again_and_again(work, seed) for seed, work in enumerate(works)))
    sweep(shift.at + MINUTE)
    tickets = list(Ticket.objects.all())
    assert len(tickets) > 3 and shift.done["promise"] > 1, shift.done
    for ticket in tickets:
        found, meant = deadlines(ticket), expected(ticket)
        if ticket.first_responded_at:  # what was promised for it then stays written down
            meant["first_response"] = found["first_response"]
        assert found == meant, ticket.pk


def test_a_ticket_that_is_written_down_while_a_policy_is_saved_follows_the_new_one(world: World):
    policy(first_response=60)
    written, saved = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            world.ticket()
            written.set()
            assert saved.wait(PATIENCE)

    def save() -> None:
        assert written.wait(PATIENCE)
        policy(first_response=20, at=world.now)
        saved.set()

    Hands().do(write, save)
    sweep(world.now + MINUTE)
    assert fresh(Ticket.objects.get()).first_response_due == world.now + 20 * MINUTE


def test_a_ticket_that_comes_in_before_a_policy_is_there_for_all_to_see_follows_it_too(world: World):
    policy(first_response=60)
    looked, written = threading.Event(), threading.Event()

    def save() -> None:
        with transaction.atomic():
            policy(first_response=20, at=world.now)
            looked.set()
            assert written.wait(PATIENCE)

    def write() -> None:
        assert looked.wait(PATIENCE)
        world.ticket()
        written.set()

    Hands().do(save, write)
    sweep(world.now + MINUTE)
    assert fresh(Ticket.objects.get()).first_response_due == world.now + 20 * MINUTE


def test_four_sweeps_at_one_moment_record_each_breach_and_each_step_once(world: World):
    policy(first_response=60, rungs=(Rung("first_response", percent=50), Rung("first_response", minutes=1)))
    matter = Matter(world.customer, "忘记密码", "请看", topic=world.topics["accounts"])
    opened = open_tickets(actor=SYSTEM, matters=[matter] * 300, at=world.now)
    gate = threading.Barrier(4)

    def look() -> None:
        gate.wait(PATIENCE)
        sweep(world.now + 61 * MINUTE)

    Hands().do(*[look] * 4)
    sweep(world.now + 61 * MINUTE)
    steps = [("promise_near", "first_response", 1), ("breached", "first_response", 0)]
    for one in opened:
        assert one.ticket and told(one.ticket) == [*steps, ("breached", "first_response", 2)]
