"""Complaint 19: updates that hide the first response, escalations at midnight, a minute that is lost there."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.actions.messages import add_note, receive_message, reply
from fengong.desk.actions.service_policies import Rung
from fengong.desk.actions.unattended import answer_unattended
from fengong.kernel.actor import SYSTEM
from tests.desk.promised import calendar, due, fresh, policy, sweep, told, when
from tests.world import World

MINUTE = timedelta(minutes=1)


def test_19_the_update_time_does_not_override_the_first_response(world: World):
    policy(first_response=60, update=20)
    ticket = world.ticket()
    assert (fresh(ticket).update_due, fresh(ticket).next_due_at) == (None, world.now + 60 * MINUTE)
    add_note(actor=world.li_na, ticket=ticket, member=world.li_na, body="看看", at=world.now + 10 * MINUTE)
    receive_message(
        actor=SYSTEM, ticket=ticket, contact=world.customer, body="在吗", at=world.now + 30 * MINUTE
    )
    assert fresh(ticket).first_response_due == fresh(ticket).next_due_at == world.now + 60 * MINUTE
    sweep(world.now + 60 * MINUTE)
    assert told(ticket) == [("breached", "first_response", 0)]


def test_19_updates_are_counted_from_the_first_response_on_and_by_notes_too(world: World):
    policy(first_response=60, update=20)
    ticket = world.ticket()
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好", at=world.now)
    assert fresh(ticket).update_due == world.now + 20 * MINUTE
    add_note(actor=world.li_na, ticket=ticket, member=world.li_na, body="看看", at=world.now + 10 * MINUTE)
    assert fresh(ticket).update_due == world.now + 30 * MINUTE
    sweep(world.now + 30 * MINUTE)
    assert told(ticket) == [("breached", "update", 0)]


def test_19_an_answer_that_nobody_wrote_is_no_first_response(world: World):
    policy(first_response=60)
    ticket = world.ticket()
    answer_unattended(actor=SYSTEM, ticket=ticket, body="我们收到了", at=world.now + MINUTE)
    sweep(world.now + 60 * MINUTE)
    assert told(ticket) == [("breached", "first_response", 0)]


def test_19_no_escalation_falls_on_midnight(world: World):
    office = calendar("09:00-18:00")
    near = Rung(target="first_response", minutes=-30)
    late = Rung(target="first_response", minutes=30)
    policy(calendar=office, first_response=60, rungs=(near, late))
    ticket = world.ticket(at=when("2026-03-02 18:30"))
    heard = []
    moment = when("2026-03-02 18:30")
    while moment <= when("2026-03-03 12:00"):
        if sweep(moment):
            heard.append(f"{moment:%H:%M}")
        moment += 5 * MINUTE
    assert heard == ["09:30", "10:00", "10:30"]
    assert told(ticket) == [
        ("promise_near", "first_response", 1),
        ("breached", "first_response", 0),
        ("breached", "first_response", 2),
    ]


def test_19_around_the_clock_no_minute_is_lost_at_midnight(world: World):
    always = calendar("00:00-24:00", weekend="00:00-24:00")
    policy(calendar=always, first_response=60, resolution=3 * 1440)
    ticket = world.ticket(at=when("2026-03-02 23:30"))
    assert due(ticket, "first_response") == "2026-03-03 00:30"
    assert due(ticket, "resolution") == "2026-03-05 23:30"


def test_19_a_time_that_ends_at_midnight_ends_exactly_there(world: World):
    always = calendar("00:00-24:00", weekend="00:00-24:00")
    policy(calendar=always, first_response=30)
    ticket = world.ticket(at=when("2026-03-02 23:30"))
    sweep(when("2026-03-02 23:59"))
    assert told(ticket) == []
    sweep(when("2026-03-03 00:00"))
    assert told(ticket) == [("breached", "first_response", 0)]
