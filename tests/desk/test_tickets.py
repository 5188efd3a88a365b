"""A ticket's life: opened once, graded, put to waiting for its customer, resolved, reopened."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk import queries
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.tickets import (
    grade_ticket,
    open_ticket,
    pend_ticket,
    reopen_ticket,
    resolve_ticket,
)
from fengong.desk.models import Load, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from fengong.people.models import Member
from tests.world import World


def given(world: World, member: Member, **more: object) -> Ticket:
    """An open ticket in a member's hands."""
    return assign_ticket(actor=world.wang_fang, ticket=world.ticket(**more), member=member, at=world.now)


def load(member: Member) -> tuple[int, int]:
    row = Load.objects.get(member=member)
    return row.effort, row.tickets


def verbs(ticket: Ticket) -> list[str]:
    return list(history("ticket", ticket.pk).values_list("verb", flat=True))


def test_an_opened_ticket_waits_with_its_effort_tier_and_promises(world: World):
    ticket = world.ticket(topic="api", difficulty=2, priority=3)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.effort, ticket.tier, ticket.held) == ("waiting", 30, 2, 0)
    assert ticket.first_response_due == world.now + timedelta(minutes=30)
    assert ticket.resolution_due == world.now + timedelta(minutes=480)
    assert ticket.next_due_at == ticket.first_response_due
    assert verbs(ticket) == ["ticket.opened"]


def test_opening_twice_under_one_external_id_gives_the_ticket_that_stands(world: World):
    first = world.ticket(external_id="mail-1")
    again = world.ticket(subject="另一封", external_id="mail-1")
    assert again.pk == first.pk
    assert Ticket.objects.count() == 1
    assert queries.thread(first).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_writers_who_open_under_one_external_id_at_once_get_one_ticket(world: World):
    ready, found = threading.Barrier(4), []

    def write() -> None:
        try:
            ready.wait(5)
            found.append(world.ticket(external_id="mail-1").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(found) == 4
    assert len(set(found)) == 1
    assert verbs(Ticket.objects.get()) == ["ticket.opened"]


@pytest.mark.parametrize("field", ["subject", "body"])
def test_a_ticket_without_words_is_refused_by_the_field(world: World, field: str):
    words = {"subject": "登录", "body": "打不开", field: "  "}
    with pytest.raises(Invalid) as refused:
        open_ticket(actor=SYSTEM, customer=world.customer, at=world.now, **words)
    assert refused.value.field == field


@pytest.mark.parametrize("wrong", [{"priority": 5}, {"difficulty": 4}])
def test_grades_off_the_scale_are_refused_by_the_field(world: World, wrong: dict[str, int]):
    with pytest.raises(Invalid) as refused:
        world.ticket(**{"difficulty": 1, **wrong})
    assert refused.value.field == next(iter(wrong))


@pytest.mark.parametrize("name", ["qian_wei", "tang_yun"])
def test_positions_away_from_the_desk_open_no_tickets(world: World, name: str):
    with pytest.raises(Denied):
        open_ticket(
            actor=world.members[name], customer=world.customer, subject="登录", body="打不开", at=world.now
        )


def test_a_new_ticket_prefers_who_served_the_customer_last(world: World):
    given(world, world.sun_hao)
    assert world.ticket().preferred_id == world.sun_hao.pk


def test_grading_sets_topic_effort_tier_and_promises(world: World):
    ticket = world.ticket(topic=None)
    grade_ticket(
        actor=world.li_na, ticket=ticket, topic=world.topics["api"], difficulty=3, priority=4, at=world.now
    )
    ticket.refresh_from_db()
    assert (ticket.topic, ticket.effort, ticket.tier, ticket.priority) == (world.topics["api"], 60, 3, 4)
    assert ticket.next_due_at == world.now + timedelta(minutes=15)
    assert verbs(ticket) == ["ticket.opened", "ticket.graded"]


def test_only_a_waiting_ticket_is_graded(world: World):
    ticket = given(world, world.li_na)
    with pytest.raises(Conflict):
        grade_ticket(
            actor=world.wang_fang, ticket=ticket, topic=world.topics["api"], difficulty=1, at=world.now
        )
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    with pytest.raises(Conflict):
        grade_ticket(
            actor=world.wang_fang, ticket=ticket, topic=world.topics["api"], difficulty=1, at=world.now
        )


def test_a_grade_for_a_version_gone_by_is_refused(world: World):
    ticket, seen = world.ticket(), 1
    topic = world.topics["api"]
    grade_ticket(actor=world.li_na, ticket=ticket, topic=topic, difficulty=1, at=world.now, seen=seen)
    with pytest.raises(Conflict) as refused:
        grade_ticket(actor=world.li_na, ticket=ticket, topic=topic, difficulty=2, at=world.now, seen=seen)
    assert refused.value.code == "stale"


def test_a_pending_ticket_keeps_a_quarter_of_its_effort(world: World):
    ticket = given(world, world.he_jie, difficulty=3)
    assert load(world.he_jie) == (40, 1)
    pend_ticket(actor=world.he_jie, ticket=ticket, at=world.now)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.held) == ("pending", 10)
    assert load(world.he_jie) == (10, 1)
    assert verbs(ticket)[-1] == "ticket.pended"


def test_the_customers_answer_brings_the_whole_effort_back(world: World):
    ticket = given(world, world.li_na)
    pend_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="好了吗", at=world.now)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.owner, ticket.held) == ("open", world.li_na, 10)
    assert load(world.li_na) == (10, 1)
    assert verbs(ticket)[-2:] == ["ticket.message_received", "ticket.resumed"]


def test_without_room_an_answered_ticket_goes_back_to_the_queue_and_prefers_its_old_owner(world: World):
    ticket = given(world, world.he_jie, topic="api", difficulty=3)
    pend_ticket(actor=world.he_jie, ticket=ticket, at=world.now)
    for _ in range(3):
        given(world, world.he_jie, topic="api", difficulty=3)
    later = world.now + timedelta(minutes=9)
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="还有", at=later)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.owner, ticket.held) == ("waiting", None, 0)
    assert (ticket.preferred, ticket.waiting_since) == (world.he_jie, later)
    assert load(world.he_jie) == (180, 3)
    assert verbs(ticket)[-1] == "ticket.returned"


def test_only_an_open_ticket_waits_for_its_customer(world: World):
    with pytest.raises(Conflict):
        pend_ticket(actor=world.wang_fang, ticket=world.ticket(), at=world.now)


def test_resolving_frees_the_owner_and_keeps_their_name(world: World):
    ticket = given(world, world.li_na)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.owner, ticket.held) == ("resolved", world.li_na, 0)
    assert (ticket.resolved_at, ticket.next_due_at) == (world.now, None)
    assert load(world.li_na) == (0, 0)


def test_resolving_again_changes_nothing(world: World):
    ticket = given(world, world.li_na)
    for _ in range(2):
        resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    assert verbs(ticket).count("ticket.resolved") == 1


def test_resolving_a_version_gone_by_is_refused(world: World):
    ticket = given(world, world.li_na)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="请稍等", at=world.now)
    with pytest.raises(Conflict) as refused:
        resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now, seen=ticket.version)
    assert refused.value.code == "stale"


@pytest.mark.parametrize("name", ["sun_hao", "qian_wei", "tang_yun"])
@pytest.mark.parametrize("verb", [resolve_ticket, pend_ticket])
def test_only_its_owner_or_a_lead_settles_a_ticket(world: World, name: str, verb):
    ticket = given(world, world.li_na)
    with pytest.raises(Denied):
        verb(actor=world.members[name], ticket=ticket, at=world.now)
    verb(actor=world.wang_fang, ticket=ticket, at=world.now)


def test_a_customer_calls_only_their_own_matter_solved(world: World):
    ticket = given(world, world.li_na)
    other = find_or_add_contact(actor=SYSTEM, email="other@elsewhere.example", at=world.now)
    with pytest.raises(Denied):
        resolve_ticket(actor=other, ticket=ticket, at=world.now)
    with pytest.raises(Denied):
        pend_ticket(actor=world.customer, ticket=ticket, at=world.now)
    assert resolve_ticket(actor=world.customer, ticket=ticket, at=world.now).status == "resolved"


def test_a_reopened_ticket_goes_to_its_owner_where_there_is_room(world: World):
    ticket = given(world, world.li_na)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    reopen_ticket(actor=world.sun_hao, ticket=ticket, at=world.now)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.owner, ticket.held) == ("open", world.li_na, 10)
    assert load(world.li_na) == (10, 1)
    assert verbs(ticket)[-1] == "ticket.reopened"


def test_a_reopened_ticket_waits_where_its_owner_is_full_or_gone(world: World):
    ticket = given(world, world.li_na)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    Member.objects.filter(pk=world.li_na.pk).update(active=False)
    reopen_ticket(actor=world.sun_hao, ticket=ticket, at=world.now)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.owner, ticket.preferred) == ("waiting", None, world.li_na)


def test_a_message_from_the_customer_reopens_a_resolved_ticket(world: World):
    ticket = given(world, world.li_na)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="又坏了", at=world.now)
    ticket.refresh_from_db()
    assert ticket.status == "open"
    assert verbs(ticket)[-2:] == ["ticket.message_received", "ticket.reopened"]


def test_an_unresolved_ticket_is_not_reopened(world: World):
    with pytest.raises(Conflict):
        reopen_ticket(actor=world.li_na, ticket=world.ticket(), at=world.now)


def test_a_long_queue_shows_the_most_pressing_of_every_class(world: World):
    common = [world.ticket(at=world.now + timedelta(seconds=n)) for n in range(6)]
    hard = world.ticket(topic="api", difficulty=3, at=world.now + timedelta(seconds=9))
    assert [t.pk for t in queries.queue(10, 2)] == [t.pk for t in [*common, hard]]
    assert [t.pk for t in queries.queue(5, 2)] == [common[0].pk, common[1].pk, hard.pk]
