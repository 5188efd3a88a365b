"""Leave, breaks and standby: who may ask and decide, and what is left of the roster."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from fengong.rota.actions.breaks import move_break, set_breaks
from fengong.rota.actions.leave import approve_leave, decline_leave, request_leave, withdraw_leave
from fengong.rota.actions.materialising import materialise
from fengong.rota.actions.patterns import PatternWanted, check_pattern
from fengong.rota.actions.shifts import cancel_shift, plan_shift
from fengong.rota.actions.standby import plan_standby
from fengong.rota.models import Leave, Shift, ShiftBreak
from fengong.rota.reading.roster import (
    leave_beside,
    on_shift,
    on_standby,
    overlapping_leave,
    presence_by_hour,
    roster,
)
from fengong.rota.reading.weeks import Pause
from tests.rota.rosters import DAY, DAYS_OFF, HOUR, MONDAY, OFFICE, pattern
from tests.world import World


def ask(world: World, name: str = "sun_hao", *, by: str = "", start: float = 1, end: float = 2) -> Leave:
    """Leave in hours from now; the shift of everybody goes on for another four."""
    return request_leave(
        actor=world.members[by or name],
        member=world.members[name],
        kind="sick",
        starts_at=world.now + start * HOUR,
        ends_at=world.now + end * HOUR,
        whole_days=False,
        at=world.now,
    )


def test_approved_leave_cuts_a_shift_by_hand_in_two_and_withdrawing_it_mends_it(world: World):
    shift = Shift.objects.get(member=world.sun_hao)
    leave = approve_leave(actor=world.wang_fang, leave=ask(world), at=world.now)
    pieces = list(
        Shift.objects.filter(member=world.sun_hao).order_by("starts_at").values_list("ends_at", flat=True)
    )
    assert pieces == [world.now + HOUR, world.now + 4 * HOUR]
    withdraw_leave(actor=world.sun_hao, leave=leave, at=world.now)
    mended = Shift.objects.get(member=world.sun_hao)
    assert (mended.pk, mended.ends_at) == (shift.pk, shift.ends_at)


def test_leave_that_is_only_asked_for_or_declined_changes_no_shift(world: World):
    leave = ask(world)
    decline_leave(actor=world.wang_fang, leave=leave, answer="Not today.", at=world.now)
    assert Shift.objects.filter(member=world.sun_hao).count() == 1
    with pytest.raises(Conflict):
        approve_leave(actor=world.wang_fang, leave=leave, at=world.now)


def test_facts_of_leave_do_not_say_why(world: World):
    approve_leave(actor=world.wang_fang, leave=ask(world), at=world.now)
    events = history("member", world.sun_hao.pk).filter(verb__startswith="leave.")
    assert [event.verb for event in events] == ["leave.requested", "leave.approved"]
    assert not any("sick" in str(event.data) for event in events)


@pytest.mark.parametrize("name", ["sun_hao", "li_na", "he_jie", "qian_wei", "tang_yun"])
def test_only_leads_of_the_team_and_administrators_decide(world: World, name: str):
    leave = ask(world)
    with pytest.raises(Denied):
        approve_leave(actor=world.members[name], leave=leave, at=world.now)
    approve_leave(actor=world.admin, leave=leave, at=world.now)


def test_a_lead_decides_neither_for_another_team_nor_about_themselves(world: World):
    for leave in (ask(world, "he_jie"), ask(world, "wang_fang")):
        with pytest.raises(Denied):
            approve_leave(actor=world.wang_fang, leave=leave, at=world.now)
    with pytest.raises(Denied):
        ask(world, "sun_hao", by="li_na")


def test_two_leaves_of_one_member_do_not_overlap_and_those_of_colleagues_are_found(world: World):
    mine = ask(world)
    with pytest.raises(Invalid):
        ask(world, start=1.5, end=3)
    other = ask(world, "li_na", start=1.5, end=3)
    ask(world, "he_jie")
    assert overlapping_leave(world.now, world.now + DAY) == [[mine, other]]
    assert list(leave_beside(mine)) == [other]


def test_a_lead_plans_only_for_those_they_lead(world: World):
    start = world.now + DAY
    with pytest.raises(Denied):
        plan_shift(
            actor=world.wang_fang, member=world.he_jie, starts_at=start, ends_at=start + HOUR, at=world.now
        )


def test_a_break_may_be_moved_in_its_window_by_the_member_and_takes_them_off_the_roster(world: World):
    shift, at = Shift.objects.get(member=world.sun_hao), world.now
    window = (at - HOUR, at + 2 * HOUR)
    set_breaks(actor=world.wang_fang, shift=shift, breaks=[Pause(at, at + HOUR / 2, window)], at=at)
    assert world.sun_hao.pk not in on_shift(at)
    moved = move_break(actor=world.sun_hao, pause=ShiftBreak.objects.get(), starts_at=at + HOUR, at=at)
    assert on_shift(at)[world.sun_hao.pk] == at + HOUR
    with pytest.raises(Invalid):
        move_break(actor=world.sun_hao, pause=moved, starts_at=at + 2 * HOUR, at=at)
    with pytest.raises(Denied):
        move_break(actor=world.li_na, pause=moved, starts_at=at, at=at)
    assert roster(at, at + 4 * HOUR, members=[world.sun_hao.pk]) == {
        world.sun_hao.pk: [(at, at + HOUR), (at + 1.5 * HOUR, at + 4 * HOUR)]
    }


def test_whoever_is_on_standby_can_be_called_unless_they_work_or_are_away(world: World):
    for name in ("sun_hao", "li_na", "zhou_min"):
        plan_standby(
            actor=world.wang_fang, member=world.members[name], starts_at=world.now, ends_at=world.now + DAY,
            answers_within=20, at=world.now,
        )  # fmt: skip
    for name in ("li_na", "zhou_min"):
        cancel_shift(actor=SYSTEM, shift=Shift.objects.get(member=world.members[name]), at=world.now)
    approve_leave(actor=world.admin, leave=ask(world, "zhou_min", start=-1), at=world.now)
    assert on_standby(world.now) == {world.li_na.pk: 20}


def test_shares_of_the_hours_of_a_week_add_up_to_what_the_roster_says(world: World):
    pattern(world, breaks=[{"begins": 750, "minutes": 30}])
    materialise(at=world.now)
    found = presence_by_hour(MONDAY, "Asia/Shanghai", weeks=2, members=[world.sun_hao.pk])
    assert found.share.shape == (1, 168)
    assert found.share[0, 8:19].tolist() == [0, 1, 1, 1, 0.5, 1, 1, 1, 1, 1, 0]
    assert np.isclose(found.share.sum(), 5 * 8.5)


def test_roster_is_read_in_two_statements_for_any_number(world: World, django_assert_num_queries: Any):
    pattern(world, team=world.teams["north"])
    pattern(world, team=world.teams["south"])
    materialise(at=world.now)
    start = datetime(2026, 3, 9, tzinfo=UTC)
    for days in (1, 30):
        with django_assert_num_queries(2):
            roster(start, start + timedelta(days=days))


NIGHT = [[[1320, 1800]]] * 7
REFUSED = {
    "name": {"name": " "},
    "zone": {"zone": "Mars/Base"},
    "region": {"region": "XX"},
    "ends_on": {"ends_on": MONDAY - DAY},
    "weeks": {"weeks": []},
    "breaks": {"breaks": [{"begins": 100, "minutes": 30}]},
}


@pytest.mark.parametrize("field", REFUSED)
def test_a_pattern_nobody_could_live_by_is_refused(field: str):
    wanted = {"name": "n", "weeks": [OFFICE], "starts_on": date(2026, 3, 9), **REFUSED[field]}
    with pytest.raises(Invalid) as refused:
        check_pattern(PatternWanted(**wanted))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "week",
    [
        [[[540, 600], [590, 700]], *DAYS_OFF[1:]],
        [[[1320, 1800]], [[300, 400]], *DAYS_OFF[2:]],
        [[[100, 200]], *DAYS_OFF[2:], [[1320, 1600]]],
        [[[600, 500]], *DAYS_OFF[1:]],
    ],
)
def test_hours_that_overlap_within_a_pattern_over_midnight_or_over_the_week_are_refused(
    week: list[list[list[int]]],
):
    with pytest.raises(Invalid):
        check_pattern(PatternWanted(name="n", weeks=[week], starts_on=MONDAY))


def test_two_patterns_of_one_member_may_take_turns_but_not_meet(world: World):
    pattern(world, weeks=[OFFICE, DAYS_OFF])
    pattern(world, weeks=[DAYS_OFF, OFFICE])
    with pytest.raises(Invalid) as refused:
        pattern(world, weeks=[[*NIGHT[:5], [], [[1380, 2100]]], DAYS_OFF])
    assert "Office" in refused.value.message
