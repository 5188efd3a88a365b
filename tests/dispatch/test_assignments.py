"""Giving, taking and passing on by hand: who may, what is remembered, what is told."""

from __future__ import annotations

import pytest

from fengong.desk.actions.tickets import pend_ticket, resolve_ticket
from fengong.desk.models import Load, Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.models import Decision, Wait
from fengong.kernel.errors import Conflict, Denied
from fengong.kernel.spine import history, last_seq
from tests.world import World


def test_a_lead_gives_a_waiting_ticket_to_anyone_with_room(world: World):
    ticket = assign_ticket(
        actor=world.wang_fang, ticket=world.ticket(difficulty=3), member=world.li_na, at=world.now
    )
    ticket.refresh_from_db()
    assert (ticket.status, ticket.owner, ticket.held) == ("open", world.li_na, 40)
    decision = Decision.objects.get(ticket=ticket)
    assert (decision.kind, decision.by, decision.winner) == ("manual", world.wang_fang.ref, world.li_na)


@pytest.mark.parametrize("name", ["li_na", "sun_hao", "he_jie"])
def test_an_agent_takes_a_waiting_ticket(world: World, name: str):
    member = world.members[name]
    ticket = assign_ticket(actor=member, ticket=world.ticket(), member=member, at=world.now)
    assert ticket.owner == member
    assert Decision.objects.get(ticket=ticket).kind == "taken"


def test_an_agent_does_not_give_a_waiting_ticket_to_a_colleague(world: World):
    with pytest.raises(Denied):
        assign_ticket(actor=world.li_na, ticket=world.ticket(), member=world.sun_hao, at=world.now)


def test_an_agent_does_not_take_what_a_colleague_owns(world: World):
    ticket = assign_ticket(actor=world.li_na, ticket=world.ticket(), member=world.li_na, at=world.now)
    with pytest.raises(Denied):
        assign_ticket(actor=world.sun_hao, ticket=ticket, member=world.sun_hao, at=world.now)


@pytest.mark.parametrize("name", ["qian_wei", "tang_yun"])
def test_positions_away_from_the_desk_neither_give_nor_take(world: World, name: str):
    ticket = world.ticket(topic=None)
    for member in (world.members[name], world.li_na):
        with pytest.raises(Denied):
            assign_ticket(actor=world.members[name], ticket=ticket, member=member, at=world.now)
    ticket.refresh_from_db()
    assert ticket.topic is None, "whoever is refused leaves no trace"


def test_a_customer_does_not_give_tickets(world: World):
    with pytest.raises(Denied):
        assign_ticket(actor=world.customer, ticket=world.ticket(), member=world.li_na, at=world.now)


def test_an_administrator_gives_as_a_lead_does(world: World):
    ticket = assign_ticket(actor=world.admin, ticket=world.ticket(), member=world.li_na, at=world.now)
    assert ticket.owner == world.li_na


@pytest.mark.parametrize(("giver", "taker"), [("li_na", "he_jie"), ("he_jie", "li_na")])
def test_an_owner_passes_a_ticket_on_and_its_effort_goes_with_it(world: World, giver: str, taker: str):
    first, second = world.members[giver], world.members[taker]
    ticket = assign_ticket(actor=first, ticket=world.ticket(), member=first, at=world.now)
    assign_ticket(actor=first, ticket=ticket, member=second, at=world.now)
    ticket.refresh_from_db()
    assert ticket.owner == second
    assert Load.objects.filter(member=first, effort=0, tickets=0).exists()
    assert Load.objects.filter(member=second, effort=10, tickets=1).exists()
    event = history("ticket", ticket.pk).last()
    assert event is not None
    assert (event.verb, event.data["previous"]) == ("ticket.transferred", first.pk)


def test_a_pending_ticket_passed_on_takes_its_whole_effort_and_is_open_again(world: World):
    ticket = assign_ticket(actor=world.li_na, ticket=world.ticket(), member=world.li_na, at=world.now)
    pend_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    assign_ticket(actor=world.li_na, ticket=ticket, member=world.sun_hao, at=world.now)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.held) == ("open", 10)
    assert not Load.objects.exclude(effort=0).exclude(member=world.sun_hao).exists()


@pytest.mark.parametrize(("giver", "taker"), [("li_na", "sun_hao"), ("sun_hao", "li_na")])
def test_a_refused_transfer_changes_nobodys_load(world: World, giver: str, taker: str):
    first, second = world.members[giver], world.members[taker]
    for _ in range(12):
        assign_ticket(actor=second, ticket=world.ticket(), member=second, at=world.now)
    ticket = assign_ticket(actor=first, ticket=world.ticket(), member=first, at=world.now)
    seq = last_seq()
    with pytest.raises(Conflict) as refused:
        assign_ticket(actor=first, ticket=ticket, member=second, at=world.now)
    assert refused.value.code == "capacity"
    assert list(Load.objects.filter(member__in=(first, second)).values_list("effort", flat=True)) in (
        [10, 120],
        [120, 10],
    )
    assert last_seq() == seq


def test_giving_a_ticket_to_its_owner_again_changes_nothing(world: World):
    ticket = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    seq = last_seq()
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    assert last_seq() == seq
    assert Decision.objects.count() == 1


def test_a_resolved_ticket_is_not_given(world: World):
    ticket = world.ticket()
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    with pytest.raises(Conflict):
        assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)


def test_who_is_second_to_take_a_ticket_is_told_that_it_has_changed(world: World):
    ticket = world.ticket()
    assign_ticket(actor=world.li_na, ticket=ticket, member=world.li_na, at=world.now, seen=ticket.version)
    with pytest.raises(Conflict) as refused:
        assign_ticket(
            actor=world.sun_hao, ticket=ticket, member=world.sun_hao, at=world.now, seen=ticket.version
        )
    assert refused.value.code == "stale"


def test_taking_an_ungraded_ticket_grades_it_first(world: World):
    ticket = world.ticket("接口报错 webhook", topic=None)
    taken = assign_ticket(
        actor=world.zhou_min, ticket=ticket, member=world.zhou_min, at=world.now, seen=ticket.version
    )
    assert taken.topic == world.topics["api"]
    assert taken.held == taken.effort > 0
    verbs = [event.verb for event in history("ticket", ticket.pk)]
    assert verbs == ["ticket.opened", "ticket.graded", "ticket.dispatched"]


def test_an_inactive_member_gets_no_work(world: World):
    world.li_na.active = False
    world.li_na.save(update_fields=["active"])
    with pytest.raises(Conflict) as refused:
        assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    assert refused.value.code == "inactive"


def test_an_assignment_takes_the_reason_for_waiting_away(world: World):
    ticket = world.ticket()
    Wait.objects.create(ticket=ticket, reason="nobody_eligible", at=world.now)
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    assert not Wait.objects.exists()


def test_one_fact_tells_of_an_assignment_and_names_ticket_and_member(world: World):
    ticket, seq = world.ticket(), last_seq()
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    event = history("ticket", ticket.pk).filter(seq__gt=seq).get()
    assert last_seq() == event.seq
    assert (event.verb, event.actor, event.data["kind"]) == (
        "ticket.dispatched",
        world.wang_fang.ref,
        "manual",
    )
    assert set(event.subjects.values_list("kind", "ref")) == {
        ("ticket", ticket.pk),
        ("member", world.li_na.pk),
    }


def test_why_a_ticket_given_by_hand_has_its_owner_names_the_giver(world: World):
    ticket = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    why = queries.why(ticket)
    assert why is not None
    assert (why.winner.member, why.alternatives, why.excluded) == (world.li_na, [], [])
    assert why.decision.by == world.wang_fang.ref


def test_every_owned_ticket_is_counted_once(world: World):
    for name in ("li_na", "sun_hao", "li_na"):
        member = world.members[name]
        assign_ticket(actor=member, ticket=world.ticket(), member=member, at=world.now)
    assert Ticket.objects.filter(status="open").count() == 3
    assert Load.objects.get(member=world.li_na).tickets == 2
