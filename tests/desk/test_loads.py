"""Capacity: never more than a member can hold, by whatever way work comes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fengong.desk.actions.claims import Claim, claim_many
from fengong.desk.actions.loads import set_capacity
from fengong.desk.models import Load, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.errors import Conflict, Denied
from fengong.people.models import Member
from tests.world import World


def fill(world: World, member: Member, minutes: int) -> None:
    """Give a member accounts tickets of ten minutes until they hold this much."""
    for _ in range(minutes // 10):
        assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=member, at=world.now)


def test_a_ticket_that_does_not_fit_is_refused_by_the_code_capacity(world: World):
    fill(world, world.li_na, 110)
    with pytest.raises(Conflict) as refused:
        assign_ticket(
            actor=world.wang_fang, ticket=world.ticket(difficulty=2), member=world.li_na, at=world.now
        )
    assert refused.value.code == "capacity"
    assert Load.objects.get(member=world.li_na).effort == 110
    fill(world, world.li_na, 10)
    assert Load.objects.get(member=world.li_na).effort == 120


def test_a_member_without_a_load_takes_nothing(world: World):
    with pytest.raises(Conflict) as refused:
        assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.wang_fang, at=world.now)
    assert refused.value.code == "capacity"


def test_the_database_itself_refuses_more_than_capacity(world: World):
    with pytest.raises(IntegrityError), transaction.atomic():
        Load.objects.filter(member=world.li_na).update(effort=121)


def test_claims_at_once_take_only_what_fits_and_leave_the_rest_waiting(world: World):
    tickets = [world.ticket(difficulty=3) for _ in range(5)]
    claims = [Claim(ticket=t.pk, seen=t.version, member=world.li_na.pk) for t in tickets]
    with transaction.atomic():
        given = claim_many(claims=claims, at=world.now)
    assert given == {ticket.pk for ticket in tickets[:3]}
    assert Load.objects.filter(member=world.li_na, effort=120, tickets=3, given=120).exists()
    assert Ticket.objects.filter(status="waiting").count() == 2
    assert set(Ticket.objects.filter(owner=world.li_na).values_list("status", "held", "version")) == {
        ("open", 40, 2)
    }


def test_a_claim_to_a_ticket_that_has_changed_is_passed_over(world: World):
    ticket = world.ticket()
    Ticket.objects.filter(pk=ticket.pk).update(version=7)
    with transaction.atomic():
        assert claim_many(claims=[Claim(ticket.pk, ticket.version, world.li_na.pk)], at=world.now) == set()


def test_what_was_given_counts_from_midnight_at_the_desk(world: World):
    fill(world, world.li_na, 30)
    assert Load.objects.get(member=world.li_na).given == 30
    midnight = (world.now + timedelta(days=1)).astimezone(timezone.get_default_timezone()).replace(hour=0)
    with timezone.override("America/New_York"):
        assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=midnight)
    assert Load.objects.get(member=world.li_na).given == 10


def test_capacity_never_goes_below_what_is_held(world: World):
    fill(world, world.li_na, 50)
    with pytest.raises(Conflict):
        set_capacity(actor=world.admin, member=world.li_na, capacity=40, at=world.now)
    assert set_capacity(actor=world.admin, member=world.li_na, capacity=50, at=world.now).capacity == 50


@pytest.mark.parametrize("name", ["li_na", "wang_fang", "qian_wei", "tang_yun"])
def test_only_an_administrator_sets_capacity(world: World, name: str):
    with pytest.raises(Denied):
        set_capacity(actor=world.members[name], member=world.li_na, capacity=90, at=world.now)
