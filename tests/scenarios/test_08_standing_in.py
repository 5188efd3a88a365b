"""Complaint 8: who is away on holiday is given work, a stand-in is only told, and a chain A to B to C is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from fengong.desk.models import Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.standing_in import name_stand_in
from fengong.kernel.spine import history
from fengong.people.models import Member
from fengong.rota.actions.leave import approve_leave, request_leave
from tests.scenarios.acts import MINUTE, fresh, give, load, match, owner, say, work
from tests.world import World

WEEK = timedelta(days=7)


def goes_on_leave(world: World, *names: str, at: datetime) -> None:
    """A week, approved; and they go offline."""
    for name in names:
        member = world.members[name]
        leave = request_leave(
            actor=member, member=member, kind="annual", starts_at=at, ends_at=at + WEEK, at=world.now
        )
        approve_leave(actor=world.admin, leave=leave, at=world.now)
        say(member, "offline", at=at)


def stands_in(world: World, member: Member, by: Member) -> None:
    name_stand_in(actor=member, member=member, by_member=by, at=world.now)


def held_by_li_na(world: World) -> Ticket:
    world.go_online()
    return give(world, world.ticket(), world.li_na)


def test_08_a_stand_in_takes_over_the_work_itself_and_is_not_only_told(world: World):
    ticket = held_by_li_na(world)
    stands_in(world, world.li_na, world.sun_hao)
    goes_on_leave(world, "li_na", at=world.now + MINUTE)
    work(world.now + 2 * MINUTE)
    assert (fresh(ticket).status, owner(ticket)) == ("open", world.sun_hao)
    assert (load(world.li_na).effort, load(world.sun_hao).effort) == (0, fresh(ticket).effort)


def test_08_a_chain_of_stand_ins_is_followed_to_the_first_who_is_here(world: World):
    ticket = held_by_li_na(world)
    stands_in(world, world.li_na, world.sun_hao)
    stands_in(world, world.sun_hao, world.zhou_min)
    goes_on_leave(world, "li_na", "sun_hao", at=world.now + MINUTE)
    work(world.now + 2 * MINUTE)
    assert owner(ticket) == world.zhou_min


def test_08_a_chain_that_bites_its_tail_ends_with_whom_the_matcher_finds(world: World):
    ticket = held_by_li_na(world)
    stands_in(world, world.li_na, world.sun_hao)
    stands_in(world, world.sun_hao, world.li_na)
    goes_on_leave(world, "li_na", "sun_hao", at=world.now + MINUTE)
    work(world.now + 2 * MINUTE)
    assert owner(ticket) in (world.zhou_min, world.he_jie)


def test_08_with_no_stand_in_somebody_who_can_do_it_gets_it_and_why_can_be_read(world: World):
    ticket = held_by_li_na(world)
    goes_on_leave(world, "li_na", at=world.now + MINUTE)
    work(world.now + 2 * MINUTE)
    assert owner(ticket) not in (None, world.li_na)
    why = queries.why(ticket)
    assert why is not None
    assert (why.decision.kind, why.decision.move.kind, why.decision.move.member) == (
        "moved",
        "leave",
        world.li_na,
    )
    moved = history("ticket", ticket.pk).filter(verb="ticket.transferred").last()
    assert moved is not None and moved.data["previous"] == world.li_na.pk


def test_08_nobody_on_leave_is_given_anything_though_they_forgot_to_go_offline(world: World):
    world.go_online("li_na", "sun_hao")
    goes_on_leave(world, "li_na", at=world.now + MINUTE)
    say(world.li_na, "online", at=world.now + 2 * MINUTE)
    tickets = [world.ticket(f"#{number}", at=world.now + 3 * MINUTE) for number in range(4)]
    match(world.now + 3 * MINUTE)
    assert {owner(ticket) for ticket in tickets} == {world.sun_hao}
