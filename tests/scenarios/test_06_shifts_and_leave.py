"""Complaint 6: work is given without looking at shifts and leave, and falls back on those who are not available."""

from __future__ import annotations

from fengong.dispatch import queries
from fengong.dispatch.policy_rules import Shifts
from fengong.kernel.actor import SYSTEM
from fengong.rota.actions.breaks import set_breaks
from fengong.rota.actions.leave import approve_leave, request_leave
from fengong.rota.actions.shifts import move_shift
from fengong.rota.queries import next_shift
from fengong.rota.reading.weeks import Pause
from tests.scenarios.acts import HOUR, MINUTE, follow, give, match, owner, say, work
from tests.world import World


def test_06_with_nobody_available_it_waits_and_falls_back_on_nobody(world: World):
    for name in ("li_na", "sun_hao", "zhou_min", "chen_li", "he_jie"):
        say(world.members[name], "online", at=world.now)
        say(world.members[name], "away", at=world.now + MINUTE)
    ticket = world.ticket(priority=4, at=world.now)
    for minutes in (2, 30, 120):
        match(world.now + minutes * MINUTE)
    assert owner(ticket) is None
    assert queries.waits()[ticket.pk].excluded == {"absent": 5}


def test_06_who_goes_home_in_a_moment_is_given_nothing_they_could_not_finish(world: World):
    """The shift of 李娜 ends in ten minutes, the ticket takes ten, and five are kept free before the end."""
    world.go_online("li_na")
    shift = next_shift(world.li_na, world.now)
    assert shift is not None
    at = shift.ends_at - 10 * MINUTE
    ticket = world.ticket(at=at)
    match(at)
    assert owner(ticket) is None
    assert queries.waits()[ticket.pk].excluded["shift_ending"] == 1


def test_06_a_shift_that_is_made_longer_counts_at_once(world: World):
    world.go_online("li_na")
    shift = next_shift(world.li_na, world.now)
    assert shift is not None
    at = shift.ends_at - 10 * MINUTE
    ticket = world.ticket(at=at)
    match(at)
    longer = shift.ends_at + HOUR
    move_shift(actor=world.wang_fang, shift=shift, starts_at=shift.starts_at, ends_at=longer, at=at)
    match(at)
    assert owner(ticket) == world.li_na


def test_06_who_is_on_no_shift_is_given_nothing_though_they_are_online(world: World):
    """Somebody forgot to go offline; their shift ended an hour ago, and the policy keeps to the roster."""
    follow(world, shifts=Shifts(on_shift_only=True))
    world.go_online("li_na")
    shift = next_shift(world.li_na, world.now)
    assert shift is not None
    at = shift.ends_at + HOUR
    ticket = world.ticket(at=at)
    match(at)
    assert owner(ticket) is None


def test_06_who_is_at_a_break_is_given_nothing_until_it_is_over(world: World):
    world.go_online("li_na")
    shift = next_shift(world.li_na, world.now)
    assert shift is not None
    noon = Pause(world.now + 10 * MINUTE, world.now + 40 * MINUTE)
    set_breaks(actor=SYSTEM, shift=shift, breaks=[noon], at=world.now)
    ticket = world.ticket(at=world.now + 15 * MINUTE)
    match(world.now + 15 * MINUTE)
    assert owner(ticket) is None
    match(world.now + 41 * MINUTE)
    assert owner(ticket) == world.li_na


def test_06_sick_this_morning_the_work_in_hand_goes_to_others_at_once(world: World):
    world.go_online("li_na", "sun_hao")
    ticket = give(world, world.ticket(), world.li_na)
    at, ends = world.now + MINUTE, world.now + 48 * HOUR
    leave = request_leave(
        actor=world.li_na, member=world.li_na, kind="sick", starts_at=at, ends_at=ends, at=at
    )
    approve_leave(actor=world.admin, leave=leave, at=at)
    say(world.li_na, "offline", at=at)
    work(at + MINUTE)
    assert owner(ticket) == world.sun_hao
