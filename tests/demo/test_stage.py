"""The live demo on a clock of the test's own: lively, bounded, and never acting for a real person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.demo import customers as crowd
from fengong.demo.deeds import Deeds
from fengong.demo.setup import DEMO, bring_in, build_desk, plan_shifts
from fengong.demo.stage import Stage
from fengong.desk import queries as desk
from fengong.desk.actions.messages import reply
from fengong.desk.actions.tickets import open_ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER
from fengong.people.actions.accounts import note_seen
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence
from tests.demo.books import check_books

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


class Theatre:
    """The stage and a matcher, moved on by hand."""

    def __init__(self, speed: float) -> None:
        self.at = NOW
        self.everybody = build_desk(password="not a secret", at=NOW)
        plan_shifts(self.everybody, anchor=NOW, at=NOW)
        bring_in(self.everybody, at=NOW)
        self.stage = Stage(self.everybody, seed=7, speed=speed, at=NOW)

    def play(self, *, steps: int, seconds: float, match: bool = True) -> None:
        for _ in range(steps):
            self.at += timedelta(seconds=seconds)
            self.stage.step(at=self.at)
            if match:
                match_waiting(actor=MATCHER, at=self.at)


def test_a_day_of_work_keeps_the_books() -> None:
    theatre = Theatre(speed=0.015)
    for _ in range(24):
        theatre.play(steps=5, seconds=720)
        check_books()
        assert desk.waiting().count() <= crowd.FULL
        assert "online" in rota.presences().values()
    assert desk.tickets().filter(status="resolved").count() > 50
    assert desk.tickets().filter(tier__gt=1, status="resolved").exists()


def test_without_a_matcher_the_queue_stays_bounded() -> None:
    theatre = Theatre(speed=50)
    theatre.play(steps=60, seconds=2, match=False)
    assert 10 < desk.waiting().count() <= crowd.FULL


def test_starting_again_goes_on_where_it_stopped() -> None:
    theatre = Theatre(speed=5)
    theatre.play(steps=12, seconds=10)
    before = desk.held_by().count()
    theatre.stage = Stage(theatre.everybody, seed=7, speed=5, at=theatre.at)
    theatre.play(steps=20, seconds=15)
    assert before
    assert desk.tickets().filter(status="resolved").exists()
    for ticket in desk.tickets():
        bodies = [message.body for message in desk.thread(ticket)]
        assert len(bodies) == len(set(bodies))


def test_a_member_whom_a_real_person_is_stays_silent_and_customers_react() -> None:
    theatre = Theatre(speed=5)
    member = theatre.everybody["zhou.yifan"]
    ticket = given(theatre, member, Deeds.external_id(4))
    note_seen(account=member.account, at=theatre.at)
    theatre.play(steps=10, seconds=20)
    assert [message.member_id for message in desk.thread(ticket)] == [None]
    reply(actor=member, ticket=ticket, member=member, body="请问是从什么时候开始的？", at=theatre.at)
    note_seen(account=member.account, at=theatre.at)
    theatre.play(steps=10, seconds=20)
    assert all(message.member_id in (None, member.pk) for message in desk.thread(ticket))
    assert desk.ticket(ticket.pk).status == "open"


def test_who_signs_in_as_somebody_on_a_break_is_here_and_may_leave_again() -> None:
    theatre = Theatre(speed=1)
    member = theatre.everybody["zhou.yifan"]
    set_presence(actor=DEMO, member=member, status="away", at=theatre.at)
    note_seen(account=member.account, at=theatre.at)
    theatre.play(steps=1, seconds=6)
    assert rota.presence_of(member) == "online"
    set_presence(actor=member, member=member, status="away", at=theatre.at)
    theatre.play(steps=3, seconds=6)
    assert rota.presence_of(member) == "away"


def test_when_the_real_person_has_left_the_member_goes_on() -> None:
    theatre = Theatre(speed=5)
    member = theatre.everybody["zhou.yifan"]
    ticket = given(theatre, member, Deeds.external_id(4))
    note_seen(account=member.account, at=theatre.at)
    theatre.play(steps=14, seconds=90)
    assert desk.ticket(ticket.pk).first_responded_at is not None


def test_a_real_customer_is_answered_and_never_spoken_for() -> None:
    theatre = Theatre(speed=5)
    ticket = given(theatre, theatre.everybody["zhou.yifan"], "")
    theatre.play(steps=12, seconds=60)
    messages = list(desk.thread(ticket))
    assert [message for message in messages if message.member_id]
    assert len([message for message in messages if message.contact_id]) == 1


def given(theatre: Theatre, member: Any, external_id: str) -> Any:
    """A ticket somebody opened, in this member's hands."""
    contact = find_or_add_contact(actor=DEMO, email="someone@shop.example", display_name="某人", at=NOW)
    ticket = open_ticket(
        actor=contact,
        customer=contact,
        subject="忘记密码",
        body="登录不上",
        external_id=external_id,
        topic=Deeds().topic("accounts"),
        at=theatre.at,
    )
    return assign_ticket(actor=DEMO, ticket=ticket, member=member, at=theatre.at)
