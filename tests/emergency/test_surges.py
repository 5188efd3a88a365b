"""Surges: found against the desk's own past, answered, and over; what was done is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from fengong.desk.models import Message, Ticket
from fengong.dispatch.models import PolicyEdition
from fengong.dispatch.policy_rules import Group, PolicyRules, Ring
from fengong.dispatch.tasks import match
from fengong.emergency import queries
from fengong.emergency.actions.acting import EMERGENCY
from fengong.emergency.actions.calls import answer_call
from fengong.emergency.actions.measures import take_measure, withdraw_measure
from fengong.emergency.actions.readiness import prepare
from fengong.emergency.actions.watching import declare_surge, end_surge
from fengong.emergency.models import StandbyCall, Surge
from fengong.emergency.reading.easing import HEALTHY, eased
from fengong.emergency.tasks import keep_up, watch
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.standby import plan_standby
from tests.world import World

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def _opened(world: World, moments: list[Any], topic: str = "api") -> None:
    """Tickets that came in then and are long done."""
    Ticket.objects.bulk_create(
        Ticket(
            subject="旧", customer=world.customer, topic=world.topics[topic], status="resolved", effort=15,
            opened_at=at, waiting_since=at, resolved_at=at,
        )
        for at in moments
    )  # fmt: skip


@pytest.fixture
def usual(world: World) -> World:
    """Three weeks with six contacts an hour, evenly, about the API."""
    _opened(world, [world.now - n * 10 * MINUTE for n in range(1, 3 * 7 * 24 * 6)])
    return world


def _minutes(world: World, first: int, last: int, a_minute: float, seed: int = 1) -> list[tuple[int, int]]:
    """Let minutes pass in which so many contacts come in; what the watch found, with the minute."""
    draw, found = np.random.default_rng(seed), []
    for minute in range(first, last):
        at = world.now + minute * MINUTE
        _opened(world, [at + timedelta(seconds=20)] * int(draw.poisson(a_minute)))
        found += [(minute, 1)] * watch(at=at + MINUTE + timedelta(seconds=5))
    return found


def test_five_times_six_an_hour_is_found_within_forty_minutes_and_a_usual_hour_is_nothing(usual: World):
    assert _minutes(usual, 0, 60, 0.1) == []
    found = _minutes(usual, 60, 100, 0.5)
    assert len(found) == 1 and found[0][0] < 100
    surge = Surge.objects.get()
    assert surge.topic == usual.topics["api"]
    assert surge.is_running and 5 <= surge.expected <= 7 and surge.observed > 15
    assert abs(surge.began_at - (usual.now + HOUR)) <= 10 * MINUTE


def test_it_is_over_once_as_little_comes_in_as_before(usual: World):
    _minutes(usual, 0, 5, 0.1)
    _minutes(usual, 5, 30, 1.0)
    surge = Surge.objects.filter(topic=usual.topics["api"]).get()
    _minutes(usual, 30, 120, 0.1)
    surge.refresh_from_db()
    assert not surge.is_running and surge.ended_by == "system:emergency"
    assert surge.ended_at <= usual.now + 115 * MINUTE


def test_what_came_in_while_the_worker_was_dead_is_looked_at_once_it_lives_again(usual: World):
    watch(at=usual.now)
    _opened(usual, [usual.now + n * timedelta(seconds=40) for n in range(45)])
    assert watch(at=usual.now + 31 * MINUTE) >= 1


def test_a_burst_rings_before_its_minute_is_over(usual: World):
    watch(at=usual.now)
    _opened(usual, [usual.now + timedelta(seconds=n) for n in range(30)])
    assert watch(at=usual.now + timedelta(seconds=31)) >= 1


def test_a_desk_without_a_week_of_past_calls_nothing_a_surge(world: World):
    _opened(world, [world.now - n * MINUTE for n in range(60)])
    assert watch(at=world.now) == 0 and _minutes(world, 0, 10, 20.0) == []


def test_a_past_surge_is_not_what_is_expected_next_week(usual: World):
    start = usual.now - timedelta(days=7)
    _opened(usual, [start + n * timedelta(seconds=10) for n in range(360)])
    kept = {
        "topic": usual.topics["api"],
        "by": "x",
        "found_at": start,
        "began_at": start,
        "ended_at": start + HOUR,
    }
    Surge.objects.create(**kept)
    watch(at=usual.now)
    assert queries.streams().get(topic=usual.topics["api"]).expected["mean"] < 8


def test_one_look_costs_as_many_statements_for_few_as_for_many(
    usual: World, django_assert_max_num_queries: Any
):
    watch(at=usual.now)
    _opened(usual, [usual.now + timedelta(seconds=20)] * 3)
    with django_assert_max_num_queries(14):
        watch(at=usual.now + 5 * MINUTE)


@pytest.fixture
def surge(world: World) -> Surge:
    """A surge of the API that a lead has called."""
    world.go_online()
    return declare_surge(actor=world.wang_fang, topic=world.topics["api"], at=world.now)


def test_a_lead_may_call_a_surge_and_end_it_and_nobody_else(world: World, surge: Surge):
    assert declare_surge(actor=world.wang_fang, topic=world.topics["api"], at=world.now) == surge
    with pytest.raises(Denied):
        end_surge(actor=world.li_na, surge=surge, at=world.now)
    assert not end_surge(actor=world.wang_fang, surge=surge, at=world.now + MINUTE).is_running
    with pytest.raises(Conflict):
        take_measure(actor=world.wang_fang, surge=surge, kind="shed", at=world.now + MINUTE)


def test_low_priority_is_deferred_its_customer_told_once_and_brought_back(world: World, surge: Surge):
    low, normal = world.ticket(priority=1), world.ticket(priority=2)
    measure = take_measure(actor=world.wang_fang, surge=surge, kind="shed", at=world.now)
    keep_up(at=world.now + MINUTE)
    assert match(at=world.now + MINUTE) == 1
    assert Ticket.objects.get(pk=normal.pk).is_owned
    assert Ticket.objects.get(pk=low.pk).status == "waiting"
    assert [m.body[:9] for m in Message.objects.filter(ticket=low, contact__isnull=True)] == [
        "目前咨询量非常大，"
    ]
    later = world.ticket(priority=1)
    keep_up(at=world.now + 2 * MINUTE)
    assert Ticket.objects.get(pk=later.pk).snoozed_until is not None
    withdraw_measure(actor=world.wang_fang, measure=measure, at=world.now + 3 * MINUTE)
    assert match(at=world.now + 4 * MINUTE) == 2


def test_rings_and_borrowing_are_an_edition_of_the_policy_and_go_with_the_surge(world: World, surge: Surge):
    for kind in ("rings", "borrow"):
        take_measure(actor=world.wang_fang, surge=surge, kind=kind, at=world.now + MINUTE)
    current = PolicyEdition.objects.filter(published_at__isnull=False).first()
    assert PolicyRules.from_json(current.rules) == eased(PolicyRules(), ["rings", "borrow"])
    assert keep_up(at=world.now + 2 * MINUTE) == 2
    assert PolicyEdition.objects.filter(published_at__isnull=False).first() == current
    end_surge(actor=world.wang_fang, surge=surge, at=world.now + HOUR)
    back = PolicyEdition.objects.filter(published_at__isnull=False).first()
    assert PolicyRules.from_json(back.rules) == PolicyRules() and back != current


def test_a_team_lends_only_while_it_is_healthy_and_rings_open_sooner():
    group = Group("north", (1,), rings=(Ring(20.0, (2,)),), anybody=40.0)
    wide = eased(PolicyRules(groups=(group,)), ["rings"])
    assert (wide.groups[0].rings[0].after, wide.groups[0].anybody) == (5.0, 10.0)
    assert wide.relaxation.every == 10.0 and wide.tiers.overflow == 0.25
    lent = eased(PolicyRules(groups=(group,)), ["borrow"])
    assert lent.groups[0].anybody == 0.0 and lent.lending == HEALTHY
    assert eased(PolicyRules(groups=(group,)), []) == PolicyRules(groups=(group,))


@pytest.fixture
def standby(world: World, surge: Surge) -> World:
    """周敏 and 李娜 are off and on standby; only 周敏 knows the API."""
    for member in (world.zhou_min, world.li_na):
        set_presence(actor=SYSTEM, member=member, status="offline", at=world.now)
        plan_standby(
            actor=SYSTEM, member=member, starts_at=world.now, ends_at=world.now + 9 * HOUR, answers_within=15,
            at=world.now,
        )  # fmt: skip
    return world


def test_who_is_on_standby_and_knows_the_topic_is_called_and_comes(standby: World, surge: Surge):
    take_measure(actor=standby.wang_fang, surge=surge, kind="standby", at=standby.now + MINUTE)
    call = StandbyCall.objects.get()
    assert call.member == standby.zhou_min and call.answer_by == standby.now + 16 * MINUTE
    with pytest.raises(Denied):
        answer_call(actor=standby.li_na, call=call, coming=True, at=standby.now + 2 * MINUTE)
    answer_call(actor=standby.zhou_min, call=call, coming=True, at=standby.now + 2 * MINUTE)
    assert rota.presence_of(standby.zhou_min) == "online"
    assert standby.ticket(topic="api", difficulty=2) and match(at=standby.now + 3 * MINUTE) == 1


def test_who_does_not_answer_has_missed_the_call_and_may_still_come(standby: World, surge: Surge):
    take_measure(actor=standby.wang_fang, surge=surge, kind="standby", at=standby.now)
    keep_up(at=standby.now + 20 * MINUTE)
    call = StandbyCall.objects.get()
    assert call.state == "missed"
    answer_call(actor=standby.zhou_min, call=call, coming=True, at=standby.now + 21 * MINUTE)
    assert StandbyCall.objects.get().state == "coming"


def test_whoever_has_not_answered_is_dismissed_when_it_is_over(standby: World, surge: Surge):
    take_measure(actor=standby.wang_fang, surge=surge, kind="standby", at=standby.now)
    end_surge(actor=standby.wang_fang, surge=surge, at=standby.now + MINUTE)
    assert StandbyCall.objects.get().state == "dismissed"


def test_what_is_to_be_done_at_once_is_done_when_a_surge_is_found(usual: World):
    with pytest.raises(Invalid):
        prepare(
            actor=usual.admin,
            quiet_days=0,
            automatic=[],
            defer_minutes=60,
            message_zh="",
            message_en="",
            at=usual.now,
        )
    prepare(
        actor=usual.admin, quiet_days=14, automatic=["shed"], defer_minutes=60, message_zh="稍等", message_en="",
        at=usual.now,
    )  # fmt: skip
    low = usual.ticket(priority=1)
    watch(at=usual.now)
    _opened(usual, [usual.now + timedelta(seconds=n) for n in range(30)])
    watch(at=usual.now + timedelta(seconds=31))
    assert queries.standing_measures("shed").exists()
    assert Message.objects.filter(ticket=low).order_by("-pk").first().body == "稍等"


def test_a_worker_that_died_after_the_end_of_a_surge_leaves_nothing_standing(world: World, surge: Surge):
    world.ticket(priority=1)
    take_measure(actor=world.wang_fang, surge=surge, kind="shed", at=world.now)
    Surge.objects.update(ended_at=world.now + MINUTE)
    keep_up(at=world.now + 2 * MINUTE)
    assert not queries.standing_measures("shed").exists() and match(at=world.now + 3 * MINUTE) == 1
    assert EMERGENCY.ref == "system:emergency"
