"""Load is evened out while people work, in small steps that are never taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.messages import add_note, reply
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.actions.viewing import look_at
from fengong.desk.models import Load, Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.rebalancing import even_out
from fengong.dispatch.models import Move
from fengong.dispatch.move_rules import MoveRules
from fengong.kernel.actor import SYSTEM
from fengong.kernel.spine import history
from tests.world import World

LATER = timedelta(minutes=10)


@pytest.fixture
def uneven(world: World) -> list[Ticket]:
    """李娜 holds three quarters of her capacity; Sun Hao comes in with nothing."""
    tickets = [
        assign_ticket(
            actor=world.wang_fang,
            ticket=world.ticket(channel="mail"),
            member=world.li_na,
            at=world.now,
        )
        for _ in range(9)
    ]
    world.go_online("li_na", "sun_hao")
    return tickets


def shares() -> dict[str, int]:
    rows = Load.objects.filter(effort__gt=0).values_list("member__display_name", "effort")
    return dict(rows)


def test_waiting_work_goes_from_the_loaded_to_the_free_until_they_are_near(
    world: World, uneven: list[Ticket]
):
    at = world.now + LATER
    assert even_out(actor=SYSTEM, at=at) == 3
    assert shares() == {"李娜": 60, "Sun Hao": 30}
    assert even_out(actor=SYSTEM, at=at + timedelta(minutes=30)) == 0


def test_a_move_tells_both_shares_and_whom_the_matcher_compared(world: World, uneven: list[Ticket]):
    even_out(actor=SYSTEM, at=world.now + LATER)
    move = Move.objects.order_by("id").first()
    assert move is not None
    assert (move.kind, move.member, move.to) == ("balanced", world.li_na, world.sun_hao)
    assert move.figures == {"from": 0.75, "to": 0.083}
    why = queries.why(move.ticket)
    assert why is not None
    assert (why.decision.kind, why.decision.terms != {}) == ("moved", True)
    fact = history("ticket", move.ticket_id).filter(verb="ticket.transferred").get()
    assert fact.data["reason"] == "balanced"


def test_what_its_owner_has_open_or_has_touched_is_never_moved(world: World, uneven: list[Ticket]):
    at = world.now + LATER
    looked, noted, said, *rest = uneven
    look_at(actor=world.li_na, ticket=looked, member=world.li_na, at=at)
    add_note(actor=world.li_na, ticket=noted, member=world.li_na, body="查过了", at=at)
    reply(actor=world.li_na, ticket=said, member=world.li_na, body="在看", at=at)
    assert even_out(actor=SYSTEM, at=at) == 3
    assert set(Move.objects.values_list("ticket", flat=True)) < {ticket.pk for ticket in rest}


def test_the_budget_of_a_minute_is_not_passed(world: World, uneven: list[Ticket]):
    at, rules = world.now + LATER, MoveRules(budget=1)
    assert even_out(actor=SYSTEM, at=at, rules=rules) == 1
    assert even_out(actor=SYSTEM, at=at + timedelta(seconds=59), rules=rules) == 0
    assert even_out(actor=SYSTEM, at=at + timedelta(seconds=61), rules=rules) == 1


def test_a_ticket_moves_at_most_once_an_hour(world: World, uneven: list[Ticket]):
    at = world.now + LATER
    even_out(actor=SYSTEM, at=at)
    moved = Move.objects.values_list("ticket", flat=True)
    for ticket in Ticket.objects.exclude(pk__in=moved):
        resolve_ticket(actor=world.wang_fang, ticket=ticket, at=at)
    Load.objects.filter(member=world.sun_hao).update(capacity=30)  # full now, and 李娜 has nothing
    assert even_out(actor=SYSTEM, at=at + timedelta(minutes=59)) == 0
    assert even_out(actor=SYSTEM, at=at + timedelta(minutes=61)) > 0


def test_what_was_given_a_moment_ago_stays(world: World, uneven: list[Ticket]):
    assert even_out(actor=SYSTEM, at=world.now + timedelta(minutes=4)) == 0


def test_who_is_not_here_or_not_skilled_gets_nothing(world: World, uneven: list[Ticket]):
    world.go_online("chen_li")  # invoices and the API only
    Load.objects.filter(member=world.sun_hao).update(capacity=0)
    assert even_out(actor=SYSTEM, at=world.now + LATER) == 0


def test_a_conversation_on_the_line_is_not_moved(world: World, uneven: list[Ticket]):
    Ticket.objects.update(channel="chat")
    assert even_out(actor=SYSTEM, at=world.now + LATER) == 0


def test_without_any_rest_load_settles_and_no_ticket_ever_goes_back(world: World, uneven: list[Ticket]):
    """Hysteresis alone keeps it still: each move brings the two nearer, so it ends."""
    world.go_online("zhou_min", "he_jie")
    eager, at = MoveRules(calm=0, settled=0, budget=50, gap=0.1), world.now + LATER
    moved = [even_out(actor=SYSTEM, at=at + timedelta(minutes=2 * turn), rules=eager) for turn in range(8)]
    assert moved[0] > 0
    assert moved[-3:] == [0, 0, 0]
    pairs = list(Move.objects.values_list("ticket", "member", "to"))
    assert not {(ticket, to, member) for ticket, member, to in pairs} & set(pairs)
