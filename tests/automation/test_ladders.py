"""Ladders: what is done when a promise comes near or has passed, once, and within two seconds of the moment."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from fengong.automation import tasks
from fengong.automation.actions import ladders
from fengong.automation.models import LadderRun
from fengong.config.sweeps import LANES
from fengong.desk import queries as desk
from fengong.desk.actions.editions import new_edition
from fengong.desk.actions.promises import set_service_level
from fengong.desk.models import LadderStep, ServicePolicy
from fengong.desk.tasks import note_breaches
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.kernel.jobs.sweeper import Sweeper
from fengong.kernel.models import Bookmark, Event
from tests.serving import wait_for
from tests.world import World, build_world

STEPS = {
    1: (-5, [{"deed": "notify", "who": "owner", "text": "五分钟"}]),
    2: (0, [{"deed": "set_priority", "priority": 4}, {"deed": "notify", "who": "lead", "text": "已超时"}]),
    3: (10, [{"deed": "set_tier", "tier": 2}]),
    4: (20, [{"deed": "hand_to_team"}]),
    5: (30, [{"deed": "start_swarm", "text": "超时半小时"}]),
}


def ladder_of(world: World, target: str = "first_response", steps=STEPS) -> None:
    policy = ServicePolicy.objects.get(is_default=True)
    for place, (minutes, deeds) in steps.items():
        LadderStep.objects.create(
            policy=policy,
            place=place,
            target=target,
            minutes=minutes,
            deeds=deeds,
            since=world.now - timedelta(days=1),
        )
    new_edition(at=world.now)


def _pass(world: World, minutes: float) -> int:
    """What the worker does within two seconds."""
    at = world.now + timedelta(minutes=minutes)
    note_breaches(at=at)
    return tasks.climb_ladders(at=at)


def test_a_ladder_notifies_raises_moves_up_a_tier_changes_the_owner_and_calls_everybody(world: World):
    """All priorities promise the same here, so that raising one does not move the steps after it."""
    tasks.climb_ladders(at=world.now)
    for priority in (2, 4):
        set_service_level(
            actor=SYSTEM, priority=priority, first_response_minutes=60, resolution_minutes=900, at=world.now
        )
    ladder_of(world)
    world.go_online()
    ticket = world.ticket()  # an answer is promised within 60 minutes
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    seen = []
    for minutes in (54, 55.1, 60.1, 70.1, 80.1, 90.1):
        seen.append(_pass(world, minutes))
        ticket.refresh_from_db()
        seen.append((ticket.priority, ticket.tier, ticket.owner))
    nobody, low = None, world.li_na
    assert seen[:8] == [0, (2, 1, low), 1, (2, 1, low), 1, (4, 1, low), 1, (4, 2, nobody)]
    assert seen[8] == 1 and ticket.owner is not None and ticket.owner != low
    told = Event.objects.filter(verb="ticket.member_notified").order_by("seq")
    assert [event.data["member"] for event in told][:2] == [low.pk, world.wang_fang.pk]
    assert "超时半小时" in desk.thread(ticket).last().body


def test_a_step_is_taken_once_however_often_its_event_is_read(world: World):
    tasks.climb_ladders(at=world.now)
    ladder_of(world, steps={1: (0, [{"deed": "note", "text": "超时"}])})
    ticket = world.ticket()
    assert [_pass(world, 61), _pass(world, 61)] == [1, 0]
    Bookmark.objects.update(seq=0)
    ladders.LADDERS.forget()
    assert _pass(world, 62) == 0
    assert desk.thread(ticket).count() == 2
    assert LadderRun.objects.count() == 1


def test_what_a_step_could_not_do_is_written_down(world: World):
    tasks.climb_ladders(at=world.now)
    ladder_of(world, steps={1: (0, [{"deed": "hand_to_team"}, {"deed": "note", "text": "仍然"}])})
    world.ticket()
    _pass(world, 61)
    (run,) = LadderRun.objects.all()
    assert [outcome["done"] for outcome in run.outcomes] == [False, True]


@pytest.mark.django_db(transaction=True)
def test_the_worker_acts_within_two_seconds_of_the_deadline(monkeypatch: pytest.MonkeyPatch):
    """The real sweepers of the two lanes, on the real clock."""
    monkeypatch.setattr("tests.world.NOW", now())
    world = build_world(accounts=False)
    world.now = now()
    tasks.climb_ladders(at=now())
    stop = threading.Event()
    lanes = [
        threading.Thread(target=Sweeper(LANES[lane], holder=lane).run, args=(stop,))
        for lane in ("sweeps", "automation")
    ]
    for lane in lanes:
        lane.start()
    try:
        ladder_of(world, steps={1: (0, [{"deed": "note", "text": "超时"}])})
        took = _time_of_a_step(world)
    finally:
        stop.set()
        for lane in lanes:
            lane.join(timeout=20)
    assert timedelta(0) <= took <= timedelta(seconds=2)


def _time_of_a_step(world: World) -> timedelta:
    """How long after its deadline a ticket that is nearly late is acted on."""
    ticket = world.ticket(at=now() - timedelta(minutes=60) + timedelta(seconds=3))
    ticket.refresh_from_db()
    wait_for(lambda: LadderRun.objects.filter(ticket=ticket).exists(), seconds=60)
    acted: datetime = Event.objects.filter(verb="ladder.acted").latest("seq").at
    return acted - ticket.first_response_due
