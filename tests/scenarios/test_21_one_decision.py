"""Complaint 21: jobs that overlap give a ticket twice; an owner bounces when rules, matching and clicks race."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from fengong.desk.models import Load, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.placing import place_ticket
from fengong.dispatch.models import Decision
from fengong.kernel.errors import Refused
from fengong.kernel.spine import history
from tests.desk.complaints.rivals import at_once, need_postgres
from tests.dispatch.ledger import broken_histories, broken_now
from tests.scenarios.acts import fresh, give, match, owner
from tests.world import World

GIVEN = ("ticket.dispatched", "ticket.transferred")
ROUNDS = 8


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_21_rounds_of_matching_that_overlap_give_each_ticket_once(world: World):
    need_postgres()
    world.go_online()
    for turn in range(ROUNDS):
        tickets = [world.ticket(f"{turn}-{number}") for number in range(3)]
        found = at_once(*[lambda: match(world.now)] * 4)
        assert not [answer for answer in found if isinstance(answer, Refused)]
        match(world.now)
        decided = Counter(Decision.objects.filter(ticket__in=tickets).values_list("ticket", flat=True))
        assert decided == dict.fromkeys((ticket.pk for ticket in tickets), 1)
    assert broken_now() == []
    assert broken_histories() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_21_when_matching_a_click_and_a_rule_race_for_one_ticket_its_owner_changes_once(world: World):
    need_postgres()
    world.go_online()
    for turn in range(ROUNDS):
        ticket = world.ticket(f"#{turn}")
        at_once(*_racing(world, ticket))
        row = fresh(ticket)
        assert row.owner is not None
        last = Decision.objects.filter(ticket=ticket).order_by("pk").last()
        assert last is not None
        assert last.winner == row.owner
        told = history("ticket", ticket.pk).filter(verb__in=GIVEN)
        assert told.count() == Decision.objects.filter(ticket=ticket).count()
        assert told.filter(verb="ticket.dispatched").count() == 1, "given out once; what follows passes it on"
    assert broken_now() == []
    assert broken_histories() == []


def _racing(world: World, ticket: Ticket) -> list[Callable[[], object]]:
    """The matcher, a lead's drop, a member who takes it, a rule that places it in a team: all on what they saw."""
    seen = ticket.version
    return [
        lambda: match(world.now),
        lambda: assign_ticket(
            actor=world.wang_fang, ticket=ticket, member=world.he_jie, seen=seen, at=world.now
        ),
        lambda: assign_ticket(actor=world.li_na, ticket=ticket, member=world.li_na, seen=seen, at=world.now),
        lambda: place_ticket(actor=world.wang_fang, ticket=ticket, team=world.teams["north"], at=world.now),
    ]


def test_21_a_click_on_what_has_changed_meanwhile_moves_nothing(world: World):
    world.go_online()
    ticket = world.ticket()
    seen = ticket.version
    match(world.now)
    first = owner(ticket)
    with pytest.raises(Refused) as refusal:
        assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.he_jie, seen=seen, at=world.now)
    assert refusal.value.code == "stale"
    assert owner(ticket) == first


def test_21_a_job_that_runs_twice_gives_nothing_twice(world: World):
    world.go_online()
    tickets = [world.ticket(f"#{number}") for number in range(5)]
    assert len(match(world.now)) == 5
    assert match(world.now) == []
    assert Decision.objects.count() == 5
    assert sum(Load.objects.values_list("tickets", flat=True)) == len(tickets)


def test_21_what_somebody_has_just_been_given_by_hand_no_round_takes_away(world: World):
    world.go_online()
    ticket = give(world, world.ticket(), world.he_jie)
    for _ in range(3):
        match(world.now)
    assert owner(ticket) == world.he_jie
