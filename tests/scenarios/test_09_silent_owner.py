"""Complaint 9: an owner does not answer, promises are broken one by one, and the ticket stays where it is."""

from __future__ import annotations

from fengong.desk.actions.messages import receive_message
from fengong.dispatch import queries
from fengong.kernel.models import Event
from tests.scenarios.acts import HOUR, MINUTE, answer, fresh, give, owner, say, work
from tests.world import World


def test_09_after_the_time_of_its_priority_a_silent_owner_loses_the_ticket(world: World):
    world.go_online("li_na", "sun_hao")
    ticket = give(world, world.ticket(priority=4), world.li_na)
    work(world.now + 29 * MINUTE)
    assert owner(ticket) == world.li_na
    work(world.now + 30 * MINUTE)
    assert owner(ticket) == world.sun_hao
    why = queries.why(ticket)
    assert why is not None
    assert (why.decision.move.kind, why.decision.move.figures) == ("silent", {"minutes": 30})


def test_09_it_does_not_go_back_and_forth_between_two_silent_ones(world: World):
    """Each has the whole time, and with the third pass back a lead would decide."""
    world.go_online("li_na", "sun_hao")
    ticket = give(world, world.ticket(priority=4), world.li_na)
    work(world.now + 30 * MINUTE)
    work(world.now + 45 * MINUTE)
    assert owner(ticket) == world.sun_hao


def test_09_who_answers_keeps_it_until_the_customer_waits_again(world: World):
    world.go_online("li_na", "sun_hao")
    ticket = give(world, world.ticket(priority=4), world.li_na)
    answer(ticket, at=world.now + 25 * MINUTE)
    work(world.now + 2 * HOUR)
    assert owner(ticket) == world.li_na
    customer, asks = world.customer, world.now + 3 * HOUR
    receive_message(actor=customer, ticket=ticket, contact=customer, body="还是不行", at=asks)
    work(asks + 29 * MINUTE)
    assert owner(ticket) == world.li_na
    work(asks + 31 * MINUTE)
    assert owner(ticket) == world.sun_hao


def test_09_with_nobody_else_for_it_the_lead_is_told_and_the_one_who_is_here_keeps_it(world: World):
    world.go_online("li_na")
    ticket = give(world, world.ticket(priority=4), world.li_na)
    work(world.now + 31 * MINUTE)
    assert owner(ticket) == world.li_na
    (told,) = Event.objects.filter(verb="ticket.owner_silent")
    assert (told.data["ticket"], told.data["member"]) == (ticket.pk, world.li_na.pk)


def test_09_from_one_who_went_without_a_word_it_goes_back_to_the_queue(world: World):
    world.go_online("li_na")
    ticket = give(world, world.ticket(priority=4), world.li_na)
    say(world.li_na, "away", at=world.now + MINUTE)
    work(world.now + 31 * MINUTE)
    assert (fresh(ticket).status, owner(ticket)) == ("waiting", None)
