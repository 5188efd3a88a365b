"""Work on trial: accepted, passed on, missed, and who misses it is put to rest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.messages import reply
from fengong.desk.models import Load, Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.actions.offers import accept_offer, decline_offer, expire_offers
from fengong.dispatch.actions.placing import return_ticket
from fengong.dispatch.models import Offer
from fengong.dispatch.policy_rules import Offers, PolicyRules, Relaxation, Skills
from fengong.kernel.actor import MATCHER
from fengong.kernel.errors import Conflict, Denied
from fengong.kernel.spine import history
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence
from tests.dispatch.publishing import publish
from tests.world import World

LATER = timedelta(seconds=61)
CHATS = PolicyRules(offers=Offers(channels=("chat",), seconds=60.0, apart=30.0, missed=2))


def offered(world: World, **more: object) -> Ticket:
    ticket = world.ticket(channel="chat", **more)
    match_waiting(actor=MATCHER, at=world.now)
    ticket.refresh_from_db()
    return ticket


def test_only_channels_that_ask_for_it_are_offered(world: World):
    publish(world, CHATS)
    world.go_online("li_na")
    chat, mail = world.ticket(channel="chat"), world.ticket(channel="mail")
    match_waiting(actor=MATCHER, at=world.now)
    offer = queries.offer_of(chat)
    assert offer is not None
    assert (offer.member, offer.expires_at) == (world.li_na, world.now + timedelta(seconds=60))
    assert queries.offer_of(mail) is None


def test_an_offer_holds_the_room_it_needs(world: World):
    publish(world, CHATS)
    world.go_online("li_na")
    ticket = offered(world)
    assert ticket.owner == world.li_na
    assert Load.objects.get(member=world.li_na).effort == ticket.effort


def test_what_is_accepted_stays(world: World):
    publish(world, CHATS)
    world.go_online("li_na")
    ticket = offered(world)
    accept_offer(actor=world.li_na, ticket=ticket, at=world.now)
    accept_offer(actor=world.li_na, ticket=ticket, at=world.now)
    assert expire_offers(actor=MATCHER, at=world.now + LATER) == 0
    ticket.refresh_from_db()
    assert ticket.owner == world.li_na
    assert [event.verb for event in history("ticket", ticket.pk)].count("ticket.offer_accepted") == 1


def test_what_is_passed_on_goes_to_somebody_else_in_the_next_round(world: World):
    publish(world, CHATS)
    world.go_online("li_na", "sun_hao")
    ticket = offered(world)
    first = ticket.owner
    assert first is not None
    decline_offer(actor=first, ticket=ticket, at=world.now, reason="Three chats already")
    match_waiting(actor=MATCHER, at=world.now)
    ticket.refresh_from_db()
    assert ticket.owner_id not in (None, first.pk)
    assert (Load.objects.get(member=first).effort, Load.objects.get(member=first).given) == (0, 0)
    why = queries.why(ticket)
    assert why is not None
    assert {group.reason: [m for m, _ in group.members] for group in why.excluded}["barred"] == [first]


def test_who_passed_a_ticket_on_is_asked_again_after_a_while_rather_than_leave_it_waiting(world: World):
    publish(world, CHATS)
    world.go_online("li_na")
    ticket = offered(world)
    decline_offer(actor=world.li_na, ticket=ticket, at=world.now)
    assert match_waiting(actor=MATCHER, at=world.now + timedelta(minutes=29)) == []
    assert len(match_waiting(actor=MATCHER, at=world.now + timedelta(minutes=31))) == 1


def test_what_nobody_answers_in_time_goes_back_and_who_missed_twice_is_put_to_rest(world: World):
    publish(world, CHATS)
    world.go_online("li_na")
    for moment, status in ((world.now, "online"), (world.now + LATER, "away")):
        ticket = world.ticket(channel="chat")
        match_waiting(actor=MATCHER, at=moment)
        assert expire_offers(actor=MATCHER, at=moment + timedelta(seconds=59)) == 0
        assert expire_offers(actor=MATCHER, at=moment + LATER) == 1
        ticket.refresh_from_db()
        assert ticket.owner is None
        assert rota.presence_of(world.li_na) == status
    assert Load.objects.get(member=world.li_na).effort == 0
    assert [event.verb for event in history("member", world.li_na.pk)].count("presence.rested") == 1


def test_an_accepted_offer_between_two_missed_ones_keeps_somebody_from_rest(world: World):
    publish(world, CHATS)
    world.go_online("li_na")
    offered(world)
    expire_offers(actor=MATCHER, at=world.now + LATER)
    world.now += LATER
    accept_offer(actor=world.li_na, ticket=offered(world), at=world.now)
    world.now += LATER
    offered(world)
    assert expire_offers(actor=MATCHER, at=world.now + LATER) == 1
    assert rota.presence_of(world.li_na) == "online"


def test_an_answer_to_the_customer_accepts_the_offer(world: World):
    publish(world, CHATS)
    world.go_online("li_na")
    ticket = offered(world)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好", at=world.now)
    assert expire_offers(actor=MATCHER, at=world.now + LATER) == 0
    assert Offer.objects.get().answer == "accepted"


def test_an_offer_ends_when_the_ticket_goes_another_way(world: World):
    publish(world, CHATS)
    world.go_online("li_na")
    ticket = offered(world)
    return_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    with pytest.raises(Conflict):
        accept_offer(actor=world.li_na, ticket=ticket, at=world.now)
    match_waiting(actor=MATCHER, at=world.now)
    assert sorted(Offer.objects.values_list("answer", flat=True)) == ["", "withdrawn"]


def test_only_whom_it_was_offered_to_answers(world: World):
    publish(world, CHATS)
    world.go_online("li_na")
    ticket = offered(world)
    with pytest.raises(Denied):
        decline_offer(actor=world.sun_hao, ticket=ticket, at=world.now)


def test_passing_on_begins_the_easing_of_what_is_needed_anew(world: World):
    rules = PolicyRules(
        offers=CHATS.offers,
        skills=Skills(need=(4.0, 4.0, 4.0)),
        relaxation=Relaxation(every=10.0, step=1.0),
    )
    publish(world, rules)
    world.go_online("sun_hao")  # proficiency 3
    ticket = world.ticket(channel="chat")
    assert match_waiting(actor=MATCHER, at=world.now + timedelta(minutes=9)) == []
    set_presence(actor=world.li_na, member=world.li_na, status="online", at=world.now)
    late = world.now + timedelta(minutes=9)
    [decision] = match_waiting(actor=MATCHER, at=late)
    assert decision.winner_id == world.li_na.pk
    decline_offer(actor=world.li_na, ticket=ticket, at=late)
    assert match_waiting(actor=MATCHER, at=late + timedelta(minutes=2)) == []
    [decision] = match_waiting(actor=MATCHER, at=late + timedelta(minutes=10))
    assert (decision.winner_id, decision.notes["eased"]) == (world.sun_hao.pk, 1.0)
