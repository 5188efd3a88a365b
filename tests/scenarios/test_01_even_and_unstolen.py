"""Complaint 1: some hoard, some pick the easy ones, two grab the same ticket, and absence strands work.

Wanted were an even spread, a lock, and what each has done, as figures.
"""

from __future__ import annotations

from collections import Counter

import pytest

from fengong.desk.actions.loads import set_capacity
from fengong.desk.models import Ticket
from fengong.desk.reading.kpis import kpi_values
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.models import Decision
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied
from tests.people.test_duties import line, published
from tests.scenarios.acts import HOUR, MINUTE, fresh, give, match, owner, resolve
from tests.world import World


def test_01_work_of_one_kind_is_spread_evenly_over_those_who_can_do_it(world: World):
    world.go_online("li_na", "sun_hao")
    for number in range(20):
        world.ticket(at=world.now + number * MINUTE)
        match(world.now + number * MINUTE)
    held = Counter(Ticket.objects.values_list("owner", flat=True))
    assert held == {world.li_na.pk: 10, world.sun_hao.pk: 10}


def test_01_whoever_is_quick_gets_no_more_of_the_hard_work_for_it(world: World):
    """One resolves each ticket at once, the other after an hour; what each was given today still evens out."""
    world.go_online("li_na", "sun_hao")
    given: Counter[int | None] = Counter()
    for number in range(20):
        at = world.now + number * MINUTE
        ticket = world.ticket(at=at)
        match(at)
        given[fresh(ticket).owner_id] += 1
        if fresh(ticket).owner == world.li_na:
            resolve(ticket, at=at)
    assert sum(given.values()) == 20
    assert max(given.values()) <= 12


def test_01_nobody_hoards_more_than_they_can_work_off(world: World):
    world.go_online("li_na")
    tickets = [world.ticket() for _ in range(20)]
    taken = 0
    for ticket in tickets:
        try:
            assign_ticket(actor=world.li_na, ticket=ticket, member=world.li_na, at=world.now)
            taken += 1
        except Conflict as refusal:
            assert refusal.code == "capacity"
    assert taken * 10 == 120, "ten minutes each, and no more than 120 minutes of them"


def test_01_nobody_picks_easy_tickets_out_of_what_others_hold(world: World):
    ticket = give(world, world.ticket(), world.li_na)
    with pytest.raises(Denied):
        assign_ticket(actor=world.sun_hao, ticket=ticket, member=world.sun_hao, at=world.now)
    assert owner(ticket) == world.li_na


def test_01_what_is_left_lying_because_it_is_hard_is_given_to_somebody_all_the_same(world: World):
    """Nobody has to pick it: the hard one waits no longer than the easy ones around it."""
    world.go_online()
    hard = world.ticket(difficulty=3, at=world.now)
    easy = [world.ticket(at=world.now + number * MINUTE) for number in range(5)]
    match(world.now + 5 * MINUTE)
    assert owner(hard) == world.he_jie
    assert all(owner(ticket) for ticket in easy)


def test_01_how_much_each_has_done_is_a_figure_of_their_duty_list(world: World):
    world.go_online("li_na", "sun_hao")
    for number in range(4):
        ticket = give(world, world.ticket(f"#{number}"), world.li_na if number < 3 else world.sun_hao)
        resolve(ticket, at=world.now + HOUR)
    kpis = [{"key": "resolved_per_day", "target": 2, "unit": "count", "source": "spine"}]
    edition = published(world, line(kpis=kpis))
    done = {
        member: kpi_values(edition, [member.pk], world.now, world.now + 24 * HOUR)[0]
        for member in (world.li_na, world.sun_hao)
    }
    assert [(one.value, one.met) for one in done.values()] == [(3, True), (1, False)]


def test_01_every_ticket_has_its_decision_and_says_who_made_it(world: World):
    world.go_online("li_na", "sun_hao")
    set_capacity(actor=SYSTEM, member=world.sun_hao, capacity=10, at=world.now)
    by_hand = give(world, world.ticket("by hand"), world.sun_hao)
    matched = world.ticket("matched")
    match(world.now)
    kinds = dict(Decision.objects.values_list("ticket", "kind"))
    assert kinds == {by_hand.pk: "manual", matched.pk: "matched"}
    assert owner(matched) == world.li_na
