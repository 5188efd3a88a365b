"""Who goes leaves behind only what can wait: at a shift's end, on leave, along the chain of those who stand in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.tickets import pend_ticket, reopen_ticket, resolve_ticket
from fengong.desk.actions.viewing import look_at
from fengong.desk.models import Message, Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.handing_over import hand_over_work
from fengong.dispatch.actions.standing_in import name_stand_in, remove_stand_in
from fengong.dispatch.models import Move
from fengong.dispatch.move_rules import MoveRules
from fengong.dispatch.reading.absences import stand_ins
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.spine import history
from fengong.people.models import Member
from fengong.rota.actions.leave import approve_leave, request_leave
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.shifts import plan_shift
from tests.world import World

END = timedelta(hours=4)
"""The end of everybody's shift, from now."""


def owned(world: World, member: Member, **more: object) -> Ticket:
    return assign_ticket(actor=world.wang_fang, ticket=world.ticket(**more), member=member, at=world.now)


def late_shift(world: World, *names: str) -> None:
    """These members work on when the others go, and are here."""
    for name in names:
        start = world.now + END
        member = world.members[name]
        plan_shift(actor=SYSTEM, member=member, starts_at=start, ends_at=start + END, at=world.now)
    world.go_online(*names)


def tomorrow(world: World, name: str) -> datetime:
    """A member's next shift begins sixteen hours after this one has ended."""
    start = world.now + END + timedelta(hours=16)
    member = world.members[name]
    plan_shift(actor=SYSTEM, member=member, starts_at=start, ends_at=start + END, at=world.now)
    return start


def on_leave(world: World, member: Member, *, days: int = 3) -> None:
    ends = world.now + timedelta(days=days)
    leave = request_leave(
        actor=member, member=member, kind="sick", starts_at=world.now, ends_at=ends, at=world.now
    )
    approve_leave(actor=world.admin, leave=leave, at=world.now)


def owner_of(ticket: Ticket) -> Member | None:
    ticket.refresh_from_db()
    return ticket.owner


def test_what_is_due_before_its_owner_is_back_goes_to_who_works_on(world: World):
    late_shift(world, "sun_hao")
    tomorrow(world, "li_na")
    ticket, after = owned(world, world.li_na, priority=2), world.now + END + timedelta(minutes=1)
    assert hand_over_work(actor=SYSTEM, at=world.now + END - timedelta(minutes=1)) == 0
    assert hand_over_work(actor=SYSTEM, at=after) == 1
    assert owner_of(ticket) == world.sun_hao
    why = queries.why(ticket)
    assert why is not None
    assert (why.decision.kind, why.decision.move.kind) == ("moved", "shift_end")
    assert why.decision.move.figures["back"] == tomorrow_start(world).isoformat()
    fact = history("ticket", ticket.pk).filter(verb="ticket.transferred").get()
    assert (fact.data["reason"], fact.data["previous"]) == ("shift_end", world.li_na.pk)


def tomorrow_start(world: World) -> datetime:
    return world.now + END + timedelta(hours=16)


def test_what_waits_for_its_customer_stays_with_its_owner_overnight(world: World):
    late_shift(world, "sun_hao")
    tomorrow(world, "li_na")
    ticket = owned(world, world.li_na, priority=3)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="请发截图。", at=world.now)
    pend_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    assert hand_over_work(actor=SYSTEM, at=world.now + END + timedelta(hours=1)) == 0
    answered = world.now + END + timedelta(hours=2)
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="发了", at=answered)
    assert hand_over_work(actor=SYSTEM, at=answered) == 1
    assert owner_of(ticket) == world.sun_hao


def test_what_is_due_only_after_its_owner_is_back_stays(world: World):
    late_shift(world, "sun_hao")
    tomorrow(world, "li_na")
    ticket = owned(world, world.li_na, priority=1)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="明天再看。", at=world.now)
    assert hand_over_work(actor=SYSTEM, at=world.now + END + timedelta(minutes=20)) == 0
    assert owner_of(ticket) == world.li_na


def test_where_nobody_can_go_on_it_waits_in_the_queue_for_who_comes_first(world: World):
    tomorrow(world, "li_na")
    ticket = owned(world, world.li_na, priority=2)
    assert hand_over_work(actor=SYSTEM, at=world.now + END + timedelta(minutes=1)) == 1
    assert owner_of(ticket) is None
    assert ticket.preferred == world.li_na
    assert Move.objects.get().kind == "shift_end"


def test_who_is_still_here_after_a_shift_has_a_while_and_keeps_what_they_work_on(world: World):
    late_shift(world, "sun_hao")
    world.go_online("li_na")
    tomorrow(world, "li_na")
    ticket, at = owned(world, world.li_na, priority=2), world.now + END + timedelta(minutes=14)
    assert hand_over_work(actor=SYSTEM, at=at) == 0
    at += timedelta(minutes=1)
    look_at(actor=world.li_na, ticket=ticket, member=world.li_na, at=at)
    assert hand_over_work(actor=SYSTEM, at=at) == 0
    assert hand_over_work(actor=SYSTEM, at=at + timedelta(minutes=1)) == 1


def test_on_leave_it_goes_along_the_chain_to_the_first_who_is_here(world: World):
    """A stands for 李娜, B for A, C for B: A and B are away."""
    ticket = owned(world, world.li_na)
    for of, by in (("li_na", "sun_hao"), ("sun_hao", "zhou_min"), ("zhou_min", "he_jie")):
        who = world.members[of]
        name_stand_in(actor=who, member=who, by_member=world.members[by], at=world.now)
    world.go_online("chen_li", "he_jie")
    on_leave(world, world.li_na)
    assert hand_over_work(actor=SYSTEM, at=world.now + timedelta(seconds=1)) == 1
    assert owner_of(ticket) == world.he_jie
    move = Move.objects.get()
    chain = [world.sun_hao.pk, world.zhou_min.pk, world.he_jie.pk]
    assert (move.kind, move.member, move.figures["chain"]) == ("stand_in", world.li_na, chain)


def test_where_the_whole_chain_is_away_the_matcher_finds_somebody(world: World):
    ticket = owned(world, world.li_na)
    name_stand_in(actor=world.li_na, member=world.li_na, by_member=world.he_jie, at=world.now)
    world.go_online("sun_hao")
    on_leave(world, world.li_na)
    assert hand_over_work(actor=SYSTEM, at=world.now + timedelta(seconds=1)) == 1
    assert owner_of(ticket) == world.sun_hao
    assert Move.objects.get().kind == "leave"


def test_what_is_given_to_somebody_on_leave_goes_on_at_once(world: World):
    world.go_online("sun_hao")
    on_leave(world, world.li_na)
    ticket, at = owned(world, world.li_na), world.now + timedelta(hours=1)
    assert hand_over_work(actor=SYSTEM, at=at) == 1
    assert owner_of(ticket) == world.sun_hao


def test_a_reopened_ticket_does_not_stay_with_an_owner_who_has_left(world: World):
    late_shift(world, "sun_hao")
    ticket, night = owned(world, world.li_na), world.now + END + timedelta(hours=2)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    reopen_ticket(actor=world.wang_fang, ticket=ticket, at=night)
    assert owner_of(ticket) == world.li_na
    hand_over_work(actor=SYSTEM, at=night)
    assert owner_of(ticket) == world.sun_hao


def test_a_reopened_ticket_does_not_wait_for_an_owner_who_is_only_away_a_while(world: World):
    world.go_online("li_na", "sun_hao")
    ticket = owned(world, world.li_na)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    lunch = world.now + timedelta(minutes=30)
    set_presence(actor=world.li_na, member=world.li_na, status="away", at=lunch)
    reopen_ticket(actor=world.wang_fang, ticket=ticket, at=lunch + timedelta(minutes=1))
    assert hand_over_work(actor=SYSTEM, at=lunch + timedelta(minutes=1)) == 1
    assert owner_of(ticket) == world.sun_hao
    assert Move.objects.get().kind == "absent"


def test_what_an_owner_reopens_themselves_stays_theirs_whatever_they_say_of_themselves(world: World):
    ticket = owned(world, world.li_na)
    resolve_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    set_presence(actor=world.li_na, member=world.li_na, status="offline", at=world.now)
    reopen_ticket(actor=world.li_na, ticket=ticket, at=world.now + timedelta(minutes=1))
    hand_over_work(actor=SYSTEM, at=world.now + timedelta(minutes=1))
    assert owner_of(ticket) == world.li_na


def test_what_a_lead_gives_to_somebody_who_is_away_stays_with_them(world: World):
    world.go_online("sun_hao")
    ticket = owned(world, world.li_na)
    assert hand_over_work(actor=SYSTEM, at=world.now + timedelta(minutes=1)) == 0
    assert owner_of(ticket) == world.li_na


def test_a_circle_of_stand_ins_ends(world: World):
    for of, by in (("li_na", "sun_hao"), ("sun_hao", "li_na")):
        name_stand_in(actor=world.admin, member=world.members[of], by_member=world.members[by], at=world.now)
    assert stand_ins(world.li_na.pk, world.now) == [world.sun_hao.pk]


def test_a_stand_in_for_a_time_counts_before_one_for_good(world: World):
    name_stand_in(actor=world.li_na, member=world.li_na, by_member=world.sun_hao, at=world.now)
    span = {"starts_at": world.now, "ends_at": world.now + END}
    named = name_stand_in(actor=world.li_na, member=world.li_na, by_member=world.he_jie, at=world.now, **span)
    assert stand_ins(world.li_na.pk, world.now) == [world.he_jie.pk]
    assert stand_ins(world.li_na.pk, world.now + END) == [world.sun_hao.pk]
    remove_stand_in(actor=world.li_na, stand_in=named, at=world.now)
    assert stand_ins(world.li_na.pk, world.now) == [world.sun_hao.pk]


def test_members_name_a_stand_in_for_themselves_and_one_who_takes_tickets(world: World):
    with pytest.raises(Denied):
        name_stand_in(actor=world.sun_hao, member=world.li_na, by_member=world.sun_hao, at=world.now)
    for who in (world.li_na, world.wang_fang):
        with pytest.raises(Invalid):
            name_stand_in(actor=world.li_na, member=world.li_na, by_member=who, at=world.now)


def test_a_customer_who_waits_is_told_who_goes_on_where_that_is_wanted(world: World):
    late_shift(world, "sun_hao")
    ticket = owned(world, world.li_na, priority=3)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="在查。", at=world.now)
    again = world.now + timedelta(minutes=5)
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="好了吗？", at=again)
    after = world.now + END + timedelta(minutes=1)
    assert hand_over_work(actor=SYSTEM, at=after, rules=MoveRules(tells_customers=True)) == 1
    told = Message.objects.filter(ticket=ticket, kind="public").order_by("-id").first()
    assert told is not None
    assert (told.member, "Sun Hao" in told.body) == (None, True)


def test_nobody_is_handed_over_where_that_is_switched_off(world: World):
    late_shift(world, "sun_hao")
    owned(world, world.li_na, priority=2)
    after = world.now + END + timedelta(hours=1)
    assert hand_over_work(actor=SYSTEM, at=after, rules=MoveRules(hands_over=False)) == 0
