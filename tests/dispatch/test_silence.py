"""The return timer: a silent owner loses what a customer waits for, and everybody can read why."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from fengong.desk.actions.drafts import keep_draft
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.tickets import pend_ticket
from fengong.desk.models import Load, Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.silence import move_on_from_silent
from fengong.dispatch.models import Move
from fengong.kernel.actor import SYSTEM
from fengong.kernel.spine import history
from fengong.people.models import Member
from fengong.rota import queries as rota
from tests.world import World


def owned(world: World, member: Member, at: datetime | None = None, **more: object) -> Ticket:
    return assign_ticket(
        actor=world.wang_fang, ticket=world.ticket(**more), member=member, at=at or world.now
    )


@pytest.mark.parametrize(("priority", "minutes"), [(3, 60), (4, 30)])
def test_a_ticket_whose_owner_is_silent_goes_to_whom_the_matcher_finds(
    world: World, priority: int, minutes: int
):
    world.go_online("li_na", "sun_hao")
    ticket, up = owned(world, world.li_na, priority=priority), world.now + timedelta(minutes=minutes)
    assert move_on_from_silent(actor=SYSTEM, at=up - timedelta(minutes=1)) == 0
    assert move_on_from_silent(actor=SYSTEM, at=up) == 1
    ticket.refresh_from_db()
    assert ticket.owner == world.sun_hao
    assert {load.member_id: load.effort for load in Load.objects.filter(effort__gt=0)} == {
        world.sun_hao.pk: ticket.effort
    }


def test_the_move_leaves_a_fact_a_decision_and_the_figures_behind_it(world: World):
    world.go_online("li_na", "sun_hao")
    ticket, up = owned(world, world.li_na, priority=4), world.now + timedelta(minutes=31)
    move_on_from_silent(actor=SYSTEM, at=up)
    fact = history("ticket", ticket.pk).filter(verb="ticket.transferred").get()
    assert (fact.data["reason"], fact.data["previous"]) == ("silent", world.li_na.pk)
    why = queries.why(ticket)
    assert why is not None
    assert (why.decision.kind, why.decision.winner) == ("moved", world.sun_hao)
    move = why.decision.move
    assert (move.kind, move.member, move.to, move.figures) == (
        "silent", world.li_na, world.sun_hao, {"minutes": 31}
    )  # fmt: skip


def test_an_answer_stops_the_timer_and_the_customers_next_word_starts_it(world: World):
    world.go_online("li_na", "sun_hao")
    ticket, half = owned(world, world.li_na, priority=3), world.now + timedelta(minutes=30)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="在看。", at=half)
    assert move_on_from_silent(actor=SYSTEM, at=half + timedelta(minutes=90)) == 0
    again = half + timedelta(minutes=100)
    customer = world.customer
    receive_message(actor=customer, ticket=ticket, contact=customer, body="怎么样了？", at=again)
    assert move_on_from_silent(actor=SYSTEM, at=again + timedelta(minutes=59)) == 0
    assert move_on_from_silent(actor=SYSTEM, at=again + timedelta(minutes=60)) == 1


def test_what_waits_for_its_customer_stays(world: World):
    world.go_online("li_na", "sun_hao")
    ticket = owned(world, world.li_na, priority=4)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="请发截图。", at=world.now)
    pend_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    assert move_on_from_silent(actor=SYSTEM, at=world.now + timedelta(hours=6)) == 0


def test_who_is_writing_just_now_is_not_silent(world: World):
    world.go_online("li_na", "sun_hao")
    ticket, up = owned(world, world.li_na, priority=4), world.now + timedelta(minutes=40)
    keep_draft(
        actor=world.li_na, ticket=ticket, member=world.li_na, kind="reply", body="您好，", at=up, heard=0
    )
    assert move_on_from_silent(actor=SYSTEM, at=up) == 0
    assert move_on_from_silent(actor=SYSTEM, at=up + timedelta(minutes=11)) == 1


def test_where_nobody_else_can_take_it_the_lead_is_told_once_and_it_stays(world: World):
    world.go_online("li_na")
    ticket, up = owned(world, world.li_na, priority=4), world.now + timedelta(minutes=30)
    for second in range(3):
        assert move_on_from_silent(actor=SYSTEM, at=up + timedelta(seconds=second)) == 0
    ticket.refresh_from_db()
    assert ticket.owner == world.li_na
    assert history("ticket", ticket.pk).filter(verb="ticket.owner_silent").count() == 1
    assert Move.objects.get().to is None
    move_on_from_silent(actor=SYSTEM, at=up + timedelta(minutes=30))
    assert history("ticket", ticket.pk).filter(verb="ticket.owner_silent").count() == 2


def test_from_an_owner_who_is_not_here_it_goes_back_to_the_queue(world: World):
    ticket, up = owned(world, world.li_na, priority=4), world.now + timedelta(minutes=30)
    assert move_on_from_silent(actor=SYSTEM, at=up) == 1
    ticket.refresh_from_db()
    assert (ticket.status, ticket.owner, ticket.preferred) == ("waiting", None, world.li_na)
    fact = history("ticket", ticket.pk).filter(verb="ticket.returned").get()
    assert fact.data["reason"] == "silent"


def test_an_owner_whose_shift_is_over_is_away_and_not_silent(world: World):
    """What cannot wait for them is handed over, by another rule."""
    world.go_online("li_na", "sun_hao")
    near_the_end = world.now + timedelta(hours=3, minutes=50)
    owned(world, world.li_na, at=near_the_end, priority=4)
    assert move_on_from_silent(actor=SYSTEM, at=world.now + timedelta(hours=6)) == 0
    assert not Move.objects.exists()


def test_time_before_the_owners_shift_does_not_count(world: World):
    world.go_online()
    early = world.now - timedelta(hours=20)
    ticket = world.ticket(priority=2, at=early)
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=early)
    start = _shift_start(world.li_na, world.now)
    assert move_on_from_silent(actor=SYSTEM, at=start + timedelta(minutes=239)) == 0
    assert move_on_from_silent(actor=SYSTEM, at=start + timedelta(minutes=240)) == 1


def _shift_start(member: Member, at: datetime) -> datetime:
    found = rota.next_shift(member, at)
    assert found is not None
    return found.starts_at
