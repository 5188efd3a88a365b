"""Who is asked when: groups and rings, keeping for who knows the customer, limits, arrivals, breaks and leave."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.models import Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.actions.placing import place_ticket, return_ticket
from fengong.dispatch.models import Decision
from fengong.dispatch.policy_rules import Group, Limit, PolicyRules, Preferred, Ring, Shifts
from fengong.kernel.actor import MATCHER, SYSTEM
from fengong.rota.actions.breaks import set_breaks
from fengong.rota.actions.leave import approve_leave, request_leave
from fengong.rota.models import Shift, Standby
from fengong.rota.reading.weeks import Pause
from tests.dispatch.publishing import publish
from tests.world import World


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def match(world: World, after: float = 0.0) -> list[Decision]:
    return match_waiting(actor=MATCHER, at=world.now + minutes(after))


def south_first(world: World, **more: float) -> PolicyRules:
    """Accounts go to the south, after five minutes to the north as well."""
    north, south = world.teams["north"].pk, world.teams["south"].pk
    group = Group(
        "Accounts",
        teams=(south,),
        topics=(world.topics["accounts"].pk,),
        rings=(Ring(5.0, (north,)),),
        **more,
    )
    return PolicyRules(groups=(group,))


def test_the_primary_group_is_asked_first_and_the_ring_widens_in_time(world: World):
    publish(world, south_first(world))
    world.go_online("li_na")
    ticket = world.ticket()
    assert match(world) == []
    wait = queries.wait_of(ticket)
    assert wait is not None
    assert wait.excluded == {"absent": 4, "not_asked": 1}
    assert wait.notes == {"group": "Accounts", "ring": 0, "wider_in": 5.0}
    assert match(world, 4.9) == []
    [decision] = match(world, 5)
    assert decision.winner_id == world.li_na.pk
    assert decision.notes == {"group": "Accounts", "ring": 1}


def test_while_the_primary_group_has_somebody_nobody_else_is_asked(world: World):
    publish(world, south_first(world))
    world.go_online("li_na", "he_jie")
    ticket = world.ticket(difficulty=3)
    other = world.ticket(topic="invoices")
    match(world)
    owners = dict(Ticket.objects.values_list("pk", "owner"))
    assert owners == {ticket.pk: world.he_jie.pk, other.pk: world.li_na.pk}, "invoices belong to no group"
    why = queries.why(ticket)
    assert why is not None
    assert {g.reason: g.members for g in why.excluded}["not_asked"] == [(world.li_na, [5.0])]


def test_whoever_is_in_no_ring_is_asked_last(world: World):
    south = world.teams["south"].pk
    publish(world, PolicyRules(groups=(Group("All", teams=(south,), anybody=20.0),)))
    world.go_online("li_na")
    world.ticket()
    assert match(world, 19) == []
    assert len(match(world, 20)) == 1


def test_a_ticket_waits_for_who_knows_its_customer_while_they_are_full_and_only_so_long(world: World):
    publish(world, PolicyRules(preferred=Preferred(hold=15.0)))
    world.go_online("li_na", "sun_hao")
    known = world.ticket()
    assign_ticket(actor=world.wang_fang, ticket=known, member=world.sun_hao, at=world.now)
    return_ticket(actor=world.wang_fang, ticket=known, at=world.now)
    for _ in range(12):
        assign_ticket(actor=SYSTEM, ticket=world.ticket(), member=world.sun_hao, at=world.now)
    assert match(world, 14) == []
    wait = queries.wait_of(known)
    assert wait is not None
    assert wait.notes["kept_for"] == world.sun_hao.pk
    [decision] = match(world, 15)
    assert (decision.winner_id, decision.ticket_id) == (world.li_na.pk, known.pk)


def test_a_ticket_is_not_kept_for_somebody_who_is_not_here(world: World):
    publish(world, PolicyRules(preferred=Preferred(hold=15.0)))
    world.go_online("li_na")
    known = world.ticket()
    assign_ticket(actor=world.wang_fang, ticket=known, member=world.sun_hao, at=world.now)
    return_ticket(actor=world.wang_fang, ticket=known, at=world.now)
    [decision] = match(world)
    assert decision.winner_id == world.li_na.pk


def test_limits_by_channel_and_position_hold_though_there_is_capacity(world: World):
    l1 = world.positions["l1"].pk
    publish(world, PolicyRules(limits=(Limit(1, channel="chat", positions=(l1,)), Limit(3))))
    world.go_online("li_na")
    for channel in ("chat", "chat", "mail", "mail", "mail"):
        world.ticket(channel=channel)
    match(world)
    assert sorted(Ticket.objects.filter(owner=world.li_na).values_list("channel", flat=True)) == [
        "chat",
        "mail",
        "mail",
    ]
    assert match(world) == []
    waits = queries.waits().values()
    assert {tuple(sorted(wait.excluded)) for wait in waits} == {("absent", "no_slot")}


def test_who_just_came_gets_the_nights_backlog_little_by_little(world: World):
    publish(world, PolicyRules(shifts=Shifts(ramp=60.0, first=0.25)))
    Shift.objects.filter(member=world.li_na).update(starts_at=world.now)
    world.go_online("li_na")
    for _ in range(20):
        world.ticket()
    given = [len(match(world, after)) for after in (0, 30, 59, 60)]
    assert given == [3, 4, 4, 1]
    assert sum(given) * 10 == 120, "then all of the capacity counts"


def test_the_ramp_is_told_as_the_reason_and_counts_nothing_held_before(world: World):
    publish(world, PolicyRules(shifts=Shifts(ramp=60.0, first=0.25)))
    old = world.ticket(topic="accounts", difficulty=2)
    assign_ticket(actor=SYSTEM, ticket=old, member=world.li_na, at=world.now - minutes(120))
    Shift.objects.filter(member=world.li_na).update(starts_at=world.now)
    world.go_online("li_na")
    tickets = [world.ticket() for _ in range(4)]
    assert len(match(world)) == 3
    [wait] = queries.waits().values()
    assert wait.ticket_id in {ticket.pk for ticket in tickets}
    match(world)
    wait.refresh_from_db()
    assert wait.excluded == {"absent": 4, "ramp_in": 1}


def test_nobody_gets_work_on_their_break_or_just_before_it(world: World):
    publish(world, PolicyRules(shifts=Shifts(before_break=10.0)))
    plan_break(world, begins=15, ends=45)
    world.go_online("li_na")
    given = []
    for after in (0, 6, 20, 46):
        ticket = world.ticket()
        given.append(len(match(world, after)))
        wait = queries.wait_of(ticket)
        given.append(sorted(wait.excluded) if wait else [])
    assert given == [1, [], 0, ["absent", "break_soon"], 0, ["absent", "on_break"], 3, []]


def plan_break(world: World, *, begins: float, ends: float) -> None:
    shift = Shift.objects.get(member=world.li_na)
    pause = Pause(world.now + minutes(begins), world.now + minutes(ends))
    set_breaks(actor=SYSTEM, shift=shift, breaks=[pause], at=world.now)


def test_nobody_gets_work_on_leave_though_they_look_in(world: World):
    leave = request_leave(
        actor=world.li_na,
        member=world.li_na,
        kind="annual",
        starts_at=world.now - minutes(60),
        ends_at=world.now + minutes(60),
        at=world.now - minutes(90),
    )
    approve_leave(actor=world.wang_fang, leave=leave, at=world.now - minutes(80))
    world.go_online("li_na")
    ticket = world.ticket()
    assert match(world) == []
    wait = queries.wait_of(ticket)
    assert wait is not None
    assert wait.excluded == {"absent": 4, "on_leave": 1}
    assert len(match(world, 61)) == 1


@pytest.mark.parametrize(("called", "given"), [(False, 0), (True, 1)])
def test_after_their_shift_those_with_a_roster_get_work_only_when_called(
    world: World, called: bool, given: int
):
    publish(world, PolicyRules(shifts=Shifts(on_shift_only=True)))
    Shift.objects.filter(member=world.li_na).update(ends_at=world.now - minutes(10))
    if called:
        Standby.objects.create(
            member=world.li_na, starts_at=world.now - minutes(5), ends_at=world.now + minutes(60)
        )
    world.go_online("li_na")
    world.ticket()
    assert len(match(world)) == given


def test_a_transfer_to_a_team_finds_its_best_member_by_the_policy_in_force(world: World):
    publish(world, PolicyRules(limits=(Limit(1),)))
    world.go_online("chen_li", "he_jie", "li_na")
    busy = world.ticket(topic="invoices", difficulty=2)
    assign_ticket(actor=SYSTEM, ticket=busy, member=world.chen_li, at=world.now)
    ticket = world.ticket(topic="invoices")
    placed = place_ticket(actor=world.wang_fang, ticket=ticket, team=world.teams["south"], at=world.now)
    assert placed.owner == world.he_jie
