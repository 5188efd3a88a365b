"""A ticket's conversation: who may write what, the first response, messages that come twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk import queries
from fengong.desk.actions.messages import add_note, receive_message, reply
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.models import Event
from fengong.kernel.spine import history
from tests.world import World


def test_the_first_response_is_recorded_once(world: World):
    ticket = world.ticket()
    first, second = (world.now + timedelta(minutes=n) for n in (5, 9))
    for at in (first, second):
        reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好", at=at)
    ticket.refresh_from_db()
    assert ticket.first_responded_at == first
    told = Event.objects.filter(verb="ticket.replied").order_by("seq")
    assert [event.data["first"] for event in told] == [True, False]


def test_the_first_response_leaves_the_resolution_as_next_promise(world: World):
    ticket = world.ticket()
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好", at=world.now)
    ticket.refresh_from_db()
    assert ticket.next_due_at == ticket.resolution_due


def test_a_note_is_no_response(world: World):
    ticket = world.ticket()
    add_note(actor=world.li_na, ticket=ticket, member=world.li_na, body="像是缓存", at=world.now)
    ticket.refresh_from_db()
    assert ticket.first_responded_at is None
    assert [message.kind for message in queries.thread(ticket)] == ["public", "note"]


def test_a_reply_to_a_version_gone_by_is_refused_and_writes_nothing(world: World):
    ticket = world.ticket()
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="在吗", at=world.now)
    with pytest.raises(Conflict) as refused:
        reply(
            actor=world.li_na,
            ticket=ticket,
            member=world.li_na,
            body="您好",
            at=world.now,
            seen=ticket.version,
        )
    assert refused.value.code == "stale"
    assert queries.thread(ticket).count() == 2


@pytest.mark.parametrize("verb", [reply, add_note])
def test_an_empty_message_is_refused(world: World, verb):
    with pytest.raises(Invalid) as refused:
        verb(actor=world.li_na, ticket=world.ticket(), member=world.li_na, body=" \n", at=world.now)
    assert refused.value.field == "body"


@pytest.mark.parametrize("verb", [reply, add_note])
def test_nobody_writes_under_another_name(world: World, verb):
    with pytest.raises(Denied):
        verb(actor=world.sun_hao, ticket=world.ticket(), member=world.li_na, body="您好", at=world.now)


@pytest.mark.parametrize("name", ["qian_wei", "tang_yun"])
def test_positions_away_from_the_desk_do_not_answer(world: World, name: str):
    member = world.members[name]
    with pytest.raises(Denied):
        reply(actor=member, ticket=world.ticket(), member=member, body="您好", at=world.now)


def test_the_same_message_coming_twice_stands_once(world: World):
    ticket = world.ticket()
    twice = [
        receive_message(
            actor=SYSTEM,
            ticket=ticket,
            contact=world.customer,
            body="在吗",
            at=world.now,
            external_id="chat-1",
        )
        for _ in range(2)
    ]
    assert twice[0].pk == twice[1].pk
    assert history("ticket", ticket.pk).filter(verb="ticket.message_received").count() == 1


def test_a_message_known_from_another_ticket_is_given_back(world: World):
    one, other = world.ticket(), world.ticket()
    twice = [
        receive_message(
            actor=SYSTEM,
            ticket=ticket,
            contact=world.customer,
            body="在吗",
            at=world.now,
            external_id="chat-1",
        )
        for ticket in (one, other)
    ]
    assert twice[0].pk == twice[1].pk
    assert queries.thread(other).count() == 1


def test_a_customer_writes_only_to_their_own_tickets(world: World):
    stranger = find_or_add_contact(actor=SYSTEM, email="li@other.example", at=world.now)
    with pytest.raises(Denied):
        receive_message(actor=stranger, ticket=world.ticket(), contact=stranger, body="在吗", at=world.now)


def test_facts_of_a_conversation_name_ticket_customer_and_owner(world: World):
    ticket = world.ticket()
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="在吗", at=world.now)
    event = history("ticket", ticket.pk).last()
    assert event is not None
    assert event.actor == f"customer:{world.customer.pk}"
    assert set(event.subjects.values_list("kind", "ref")) == {
        ("ticket", ticket.pk),
        ("customer", world.customer.pk),
    }
