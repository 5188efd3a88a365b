"""What came in from another desk is promised nothing for its past; what is asked again here, from now on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.importing import PastMessage, PastTicket, bring_in
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.tickets import reopen_ticket, resolve_ticket
from fengong.desk.models import Ticket
from fengong.kernel.actor import SYSTEM
from tests.desk.promised import fresh, policy, sweep, told
from tests.world import World

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def imported(world: World, *, answered: bool = True, **more: object) -> Ticket:
    """A ticket of last year, as another desk left it."""
    opened = world.now - 300 * DAY
    said = [PastMessage("x-1", "打不开", opened, contact=world.customer)]
    if answered:
        said.append(PastMessage("x-2", "好了", opened + DAY, member=world.li_na))
    past = PastTicket(
        "other:1", world.customer, "旧事", opened, messages=said, **{"status": "resolved", **more}
    )
    return bring_in(actor=world.admin, past=[past], source="table", at=world.now)[0]


def waits(world: World, ticket: Ticket) -> dict[str, float]:
    """Minutes from the world's now to each promise that runs."""
    stands = fresh(ticket)
    names = ("first_response", "next_response", "update", "resolution", "ownership")
    return {n: (due - world.now) / MINUTE for n in names if (due := getattr(stands, f"{n}_due"))}


@pytest.fixture(autouse=True)
def promises(world: World) -> None:
    policy(first_response=60, next_response=30, update=90, resolution=600, ownership={1: 120}, pauses=())


def test_nothing_is_promised_for_a_ticket_of_another_desk_however_policies_change(world: World):
    ticket, waiting = imported(world), world.ticket()
    policy(first_response=10, at=world.now)
    sweep(world.now + DAY)
    assert waits(world, ticket) == {} and told(ticket) == []
    assert told(waiting) == [("breached", "first_response", 0)]


def test_a_customer_who_writes_again_to_an_imported_ticket_is_promised_an_answer_from_then_on(world: World):
    ticket = imported(world)
    receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="又坏了", at=world.now)
    assert fresh(ticket).status == "waiting"
    assert waits(world, ticket) == {"next_response": 30, "update": 90, "resolution": 600, "ownership": 120}
    sweep(world.now + 31 * MINUTE)
    assert told(ticket) == [("breached", "next_response", 0)]
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="看", at=world.now + 40 * MINUTE)
    assert waits(world, ticket) == {"update": 130, "resolution": 600, "ownership": 120}


def test_one_that_nobody_ever_answered_is_promised_a_first_response(world: World):
    ticket = imported(world, answered=False, status="waiting")
    assert waits(world, ticket) == {}
    receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="在吗", at=world.now)
    assert waits(world, ticket) == {"first_response": 60, "resolution": 600, "ownership": 120}


def test_an_imported_ticket_that_is_reopened_here_has_a_resolution_promised_and_rests_once_resolved(
    world: World,
):
    ticket = imported(world)
    reopen_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    assert waits(world, ticket) == {"update": 90, "resolution": 600, "ownership": 120}
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now + 5 * MINUTE)
    sweep(world.now + 2 * DAY)
    assert told(ticket) == []
    reopen_ticket(actor=world.wang_fang, ticket=ticket, at=world.now + 2 * DAY)
    assert waits(world, ticket)["resolution"] == 600 + 2880 - 5
