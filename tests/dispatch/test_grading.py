"""Tickets that come in ungraded: by keywords on the first day, from the desk's own past later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.tickets import grade_ticket, resolve_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.triage import learn_grading, triage_waiting
from fengong.dispatch.grading import bridge
from fengong.kernel.actor import MATCHER, SYSTEM
from fengong.kernel.models import Event
from tests.world import World

PHRASES = ("对账单里的紫色箱子又少了一只", "the purple crate is missing from our statement again")


@pytest.fixture(autouse=True)
def _nothing_learned() -> Iterator[None]:
    bridge.forget()
    yield
    bridge.forget()


def graded(world: World, subject: str, body: str = "。") -> Ticket:
    ticket = world.ticket(subject, topic=None, body=body)
    triage_waiting(actor=MATCHER, at=world.now)
    ticket.refresh_from_db()
    return ticket


def test_keywords_find_the_topic_on_the_first_day(world: World) -> None:
    assert graded(world, "忘记密码，登录不了").topic == world.topics["accounts"]
    assert graded(world, "Our webhook is delivered twice").topic == world.topics["api"]


def test_effort_tier_and_the_fact_follow_from_the_grade(world: World) -> None:
    ticket = graded(world, "接口回调报错", "webhook 的日志里有 timeout，集成后一直失败")
    assert (ticket.difficulty, ticket.tier, ticket.effort) == (3, 3, 60)
    event = Event.objects.get(verb="ticket.graded")
    assert event.data["topic"] == world.topics["api"].pk
    assert 0 < event.data["confidence"] <= 1


def test_harm_in_the_words_raises_the_priority_and_shortens_the_promise(world: World) -> None:
    ticket = graded(world, "登录系统瘫痪了", "马上处理！")
    assert ticket.priority == Ticket.Priority.URGENT
    assert ticket.first_response_due == world.now + timedelta(minutes=15)


def test_calm_words_never_lower_a_priority_that_stands(world: World) -> None:
    ticket = world.ticket("登录问题", topic=None, body="不着急，有空时看看。", priority=3)
    triage_waiting(actor=MATCHER, at=world.now)
    ticket.refresh_from_db()
    assert ticket.priority == Ticket.Priority.HIGH


def test_words_that_say_nothing_still_reach_somebody(world: World) -> None:
    ticket = graded(world, "嗯", "？")
    assert ticket.topic == world.topics["accounts"]  # the one most members are skilled in
    assert ticket.effort > 0


def test_what_was_resolved_teaches_words_that_no_keyword_has(world: World) -> None:
    before = graded(world, PHRASES[0])
    _teach(world)
    assert learn_grading(at=world.now) >= 20
    after = graded(world, PHRASES[0] + "。")
    assert before.topic != world.topics["invoices"]
    assert after.topic == world.topics["invoices"]
    assert graded(world, PHRASES[1] + ".").topic == world.topics["invoices"]


def test_a_grade_by_a_person_meanwhile_is_kept(world: World) -> None:
    ticket = world.ticket("接口报错", topic=None)
    grade_ticket(actor=SYSTEM, ticket=ticket, topic=world.topics["invoices"], difficulty=2, at=world.now)
    assert triage_waiting(actor=MATCHER, at=world.now) == 0
    ticket.refresh_from_db()
    assert ticket.topic == world.topics["invoices"]


def test_many_tickets_are_graded_in_as_many_statements_as_two(world: World) -> None:
    counts = []
    for many in (2, 30):
        tickets = [world.ticket(f"接口报错 {number}", topic=None) for number in range(many)]
        with CaptureQueriesContext(connection) as asked:
            assert triage_waiting(actor=MATCHER, at=world.now) == many
        counts.append(len(asked))
        graded = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets])
        assert set(graded.values_list("topic", flat=True)) == {world.topics["api"].pk}
        assert Event.objects.filter(verb="ticket.graded").count() == sum((2, 30)[: len(counts)])
    assert counts[1] == counts[0]


def test_what_changes_between_reading_and_grading_waits_for_the_next_round(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm, stirred = world.ticket("接口报错", topic=None), world.ticket("忘记密码", topic=None)
    read = bridge.read

    def read_then_change(*given: Any, **named: Any) -> object:
        grades = read(*given, **named)
        receive_message(actor=world.customer, ticket=stirred, contact=world.customer, body="急", at=world.now)
        return grades

    with monkeypatch.context() as patched:
        patched.setattr(bridge, "read", read_then_change)
        assert triage_waiting(actor=MATCHER, at=world.now) == 1
    calm.refresh_from_db()
    stirred.refresh_from_db()
    assert (calm.topic, stirred.topic) == (world.topics["api"], None)
    assert triage_waiting(actor=MATCHER, at=world.now) == 1


def _teach(world: World) -> None:
    world.go_online()
    for number in range(12):
        for topic, words in (
            ("invoices", PHRASES[number % 2]),
            ("accounts", ("门禁卡失灵", "badge reader")[number % 2]),
        ):
            ticket = world.ticket(f"{words} {number}", topic=topic)
            resolve_ticket(actor=SYSTEM, ticket=ticket, at=world.now)
