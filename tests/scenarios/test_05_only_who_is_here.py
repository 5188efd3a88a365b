"""Complaint 5: work is given to members who are away or offline, and it does not go round."""

from __future__ import annotations

import pytest

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.models import Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions import matching
from fengong.kernel.actor import SYSTEM
from tests.scenarios.acts import MINUTE, match, owner, resolve, say
from tests.world import World


@pytest.mark.parametrize("status", ["away", "offline"])
def test_05_who_is_away_or_offline_is_given_nothing(world: World, status: str):
    say(world.li_na, "online", at=world.now)
    say(world.li_na, status, at=world.now + MINUTE)
    ticket = world.ticket()
    match(world.now + 2 * MINUTE)
    assert owner(ticket) is None
    assert set(Ticket.objects.values_list("status", flat=True)) == {"waiting"}


def test_05_whoever_was_never_seen_counts_as_away(world: World):
    ticket = world.ticket()
    assert match(world.now) == []
    assert owner(ticket) is None


def test_05_the_decision_says_who_was_passed_over_because_they_were_away(world: World):
    say(world.li_na, "online", at=world.now)
    say(world.sun_hao, "away", at=world.now)
    ticket = world.ticket()
    match(world.now)
    why = queries.why(ticket)
    assert why is not None
    absent = {member for group in why.excluded if group.reason == "absent" for member, _ in group.members}
    assert world.sun_hao in absent
    assert why.winner.member == world.li_na


def test_05_who_goes_away_between_the_calculation_and_the_giving_is_not_given_it(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    say(world.li_na, "online", at=world.now)
    ticket = world.ticket()
    from_tables = matching.plan

    def and_then_she_leaves(**given: object) -> object:
        found = from_tables(**given)
        say(world.li_na, "away", at=world.now)
        return found

    monkeypatch.setattr(matching, "plan", and_then_she_leaves)
    assert match(world.now) == []
    assert owner(ticket) is None


def test_05_work_goes_round(world: World):
    """Of six tickets of six customers, each done at once, both get three, and nobody three in a row."""
    world.go_online("li_na", "sun_hao")
    turns = []
    for number in range(6):
        at = world.now + number * MINUTE
        customer = find_or_add_contact(
            actor=SYSTEM, email=f"{number}@beifeng.example", display_name=f"#{number}", at=at
        )
        ticket = world.ticket(f"#{number}", customer=customer, at=at)
        match(at)
        turns.append(owner(ticket))
        resolve(ticket, at=at)
    assert turns.count(world.li_na) == turns.count(world.sun_hao) == 3
    assert all(len({*turns[place : place + 3]}) == 2 for place in range(4))
