"""Complaint 7: what a customer reopens goes back to an owner who is not there, and lies until somebody notices."""

from __future__ import annotations

from datetime import datetime

import pytest

from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.tickets import reopen_ticket
from fengong.desk.models import Ticket
from fengong.people.models import Member
from tests.scenarios.acts import HOUR, MINUTE, fresh, give, owner, resolve, say, work
from tests.world import World


def resolved(world: World) -> Ticket:
    """李娜 has resolved it, and 孙浩 is here as well."""
    world.go_online("li_na", "sun_hao")
    ticket = give(world, world.ticket(), world.li_na)
    resolve(ticket, at=world.now + MINUTE)
    return ticket


def customer_writes(world: World, ticket: Ticket, at: datetime) -> None:
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="又坏了", at=at)


def test_07_reopened_it_goes_back_to_its_owner_who_is_here(world: World):
    ticket = resolved(world)
    customer_writes(world, ticket, world.now + HOUR)
    work(world.now + HOUR)
    assert (fresh(ticket).status, owner(ticket)) == ("open", world.li_na)


@pytest.mark.parametrize("status", ["away", "offline"])
def test_07_reopened_while_its_owner_is_not_here_it_finds_somebody_who_is(world: World, status: str):
    ticket = resolved(world)
    say(world.li_na, status, at=world.now + 30 * MINUTE)
    customer_writes(world, ticket, world.now + HOUR)
    work(world.now + HOUR)
    assert (fresh(ticket).status, owner(ticket)) == ("open", world.sun_hao)


def test_07_a_colleague_who_reopens_it_does_not_send_it_to_an_empty_chair_either(world: World):
    ticket = resolved(world)
    say(world.li_na, "offline", at=world.now + 30 * MINUTE)
    reopen_ticket(actor=world.sun_hao, ticket=ticket, at=world.now + HOUR)
    work(world.now + HOUR)
    assert (fresh(ticket).status, owner(ticket)) == ("open", world.sun_hao)


def test_07_reopened_after_its_owner_has_left_for_good_it_goes_through_the_queue(world: World):
    ticket = resolved(world)
    Member.objects.filter(pk=world.li_na.pk).update(active=False)
    customer_writes(world, ticket, world.now + HOUR)
    work(world.now + HOUR)
    assert owner(ticket) == world.sun_hao


def test_07_reopened_while_its_owner_is_full_it_goes_through_the_queue(world: World):
    ticket = resolved(world)
    for number in range(12):
        give(world, world.ticket(f"#{number}"), world.li_na)
    customer_writes(world, ticket, world.now + HOUR)
    assert fresh(ticket).status == "waiting"
    work(world.now + HOUR)
    assert owner(ticket) == world.sun_hao
