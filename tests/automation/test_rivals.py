"""Two workers on one event at the same moment: it is acted on once. With real threads, on either database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from fengong.automation.actions import hearing, ladders, timers
from fengong.automation.actions.hearing import hear
from fengong.automation.actions.running import Cause, run_rule
from fengong.automation.models import LadderRun, Rule, RuleRun
from fengong.desk.models import Message
from fengong.desk.tasks import note_breaches
from fengong.kernel.following import Follower
from fengong.kernel.models import Event
from tests.automation.steps import PRIORITY, rule, timed
from tests.automation.test_ladders import ladder_of
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = {"deed": "note", "text": "once"}
WORKERS = 4


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world(accounts=False)


class OwnReaders:
    """A follower for each thread, as each process has its own."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._own = threading.local()

    def __getattr__(self, attribute: str) -> object:
        if not hasattr(self._own, "reader"):
            self._own.reader = Follower(self._name)
        return getattr(self._own.reader, attribute)


def _together(work: Callable[[], object]) -> list[BaseException]:
    """Do the same in several threads, begun at one moment; the errors."""
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


def test_four_workers_that_run_one_rule_on_one_event_act_once(world: World):
    kept = rule(world, deeds=[NOTE, PRIORITY])
    for _ in range(5):
        ticket = world.ticket()
        opened = Event.objects.get(verb="ticket.opened", data__ticket=ticket.pk)
        cause = Cause(ticket=ticket.pk, seq=opened.seq)
        assert _together(lambda cause=cause: run_rule(kept, cause, at=world.now)) == []
        assert RuleRun.objects.filter(ticket=ticket).count() == 1
        assert Message.objects.filter(ticket=ticket, kind="note").count() == 1


def test_four_workers_that_follow_the_spine_at_once_act_once_on_each_event(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    rule(world, deeds=[NOTE])
    rule(world, events=["noted"], deeds=[PRIORITY])
    monkeypatch.setattr(hearing, "RULES", OwnReaders("rules"))
    tickets = [world.ticket() for _ in range(20)]
    for _round in range(3):
        assert _together(lambda: hear(at=world.now)) == []
    assert Message.objects.filter(kind="note").count() == len(tickets)
    assert RuleRun.objects.count() == 2 * len(tickets)
    assert sum(Rule.objects.values_list("runs", flat=True)) == 2 * len(tickets)


def test_four_workers_that_ring_one_timer_act_once(world: World):
    timed(world, "opened", 10, deeds=[NOTE])
    tickets = [world.ticket(at=world.now + timedelta(seconds=1)) for _ in range(5)]
    hear(at=world.now)
    up = world.now + timedelta(minutes=11)
    assert _together(lambda: timers.ring(at=up)) == []
    assert Message.objects.filter(kind="note").count() == len(tickets)


def test_four_workers_that_climb_one_ladder_take_each_step_once(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    ladders.climb(at=world.now)
    monkeypatch.setattr(ladders, "LADDERS", OwnReaders("ladders"))
    ladder_of(world, steps={1: (0, [NOTE])})
    tickets = [world.ticket() for _ in range(5)]
    late = world.now + timedelta(minutes=61)
    note_breaches(at=late)
    assert _together(lambda: ladders.climb(at=late)) == []
    assert LadderRun.objects.count() == len(tickets) == Message.objects.filter(kind="note").count()
