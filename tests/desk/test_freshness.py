"""Which changes stop an answer."""

from __future__ import annotations

import pytest

from fengong.desk.actions.languages import set_language
from fengong.desk.actions.messages import add_note, receive_message, reply
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Ticket
from fengong.desk.reading.freshness import heard_of
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.errors import Conflict
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    world.go_online()
    return assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)


def answer(world: World, ticket: Ticket, heard: int):
    return reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="好", at=world.now, heard=heard)


CHANGES = {
    "the customer wrote": lambda world, ticket: receive_message(
        actor=world.customer, ticket=ticket, contact=world.customer, body="还有", at=world.now
    ),
    "somebody else answered": lambda world, ticket: reply(
        actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body="已处理", at=world.now
    ),
    "it was resolved": lambda world, ticket: resolve_ticket(
        actor=world.wang_fang, ticket=ticket, at=world.now
    ),
    "it got another owner": lambda world, ticket: assign_ticket(
        actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_answer_is_stopped_when_the_matter_took_a_turn(world: World, ticket: Ticket, change: str) -> None:
    heard = heard_of(ticket)
    CHANGES[change](world, ticket)
    with pytest.raises(Conflict) as stopped:
        answer(world, ticket, heard)
    assert stopped.value.code == "stale"
    assert answer(world, ticket, heard_of(ticket)).pk


def test_a_note_or_a_language_stops_nobody(world: World, ticket: Ticket) -> None:
    heard = heard_of(ticket)
    add_note(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body="注意", at=world.now)
    set_language(actor=world.zhou_min, ticket=ticket, language="en", at=world.now)
    assert answer(world, ticket, heard).pk


def test_what_a_writer_did_themselves_does_not_stop_them(world: World, ticket: Ticket) -> None:
    heard = heard_of(ticket)
    answer(world, ticket, heard)
    assert answer(world, ticket, heard).pk
