"""What undoes what: shifts that come back, shifts given to others, weeks copied, decisions about leave."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.rota import queries as rota
from fengong.rota.actions.breaks import set_breaks
from fengong.rota.actions.copying import copy_week, take_copy_back
from fengong.rota.actions.leave import approve_leave, decline_leave, reconsider_leave, request_leave
from fengong.rota.actions.links import make_link, remove_link
from fengong.rota.actions.materialising import materialise
from fengong.rota.actions.restoring import give_shift, restore_shift, take_shift_back
from fengong.rota.actions.shifts import cancel_shift, move_shift, plan_shift
from fengong.rota.models import Leave, PlannedShift, Shift
from fengong.rota.queries import breaks_of, shifts_of
from fengong.rota.reading.weeks import Pause
from tests.rota.rosters import DAY, HOUR, pattern, written
from tests.world import World

ZONE = "Asia/Shanghai"
MONDAY, NEXT = date(2026, 3, 9), date(2026, 3, 16)


@pytest.fixture
def start(world: World) -> datetime:
    """Tuesday of the week after the world's, 14:00 in Shanghai."""
    return world.now + 8 * DAY


def _shift(world: World, start: datetime, name: str = "li_na") -> Shift:
    return plan_shift(
        actor=SYSTEM, member=world.members[name], starts_at=start, ends_at=start + 8 * HOUR, at=world.now
    )


def _starts(world: World, name: str, after: datetime) -> list[datetime]:
    found = shifts_of(world.members[name], after - HOUR, after + 30 * DAY)
    return [one.starts_at for one in found]


def test_a_cancelled_shift_comes_back_as_it_was(world: World, start: datetime):
    shift = _shift(world, start)
    set_breaks(actor=SYSTEM, shift=shift, breaks=[Pause(start + HOUR, start + 2 * HOUR)], at=world.now)
    planned = cancel_shift(actor=world.wang_fang, shift=shift, at=world.now)
    restore_shift(actor=world.wang_fang, planned=planned, at=world.now)
    back = shifts_of(world.li_na, start, start + HOUR).get()
    assert (back.starts_at, back.ends_at) == (start, start + 8 * HOUR)
    assert breaks_of(back).count() == 1


def test_a_shift_does_not_come_back_where_somebody_planned_another(world: World, start: datetime):
    planned = cancel_shift(actor=SYSTEM, shift=_shift(world, start), at=world.now)
    _shift(world, start + HOUR)
    with pytest.raises(Conflict):
        restore_shift(actor=SYSTEM, planned=planned, at=world.now)


def test_a_shift_of_a_pattern_that_came_back_follows_its_pattern_again(world: World):
    held = pattern(world)
    first = written(world)[0]
    shift = Shift.objects.get(member=world.sun_hao, starts_at=first[0])
    planned = cancel_shift(actor=SYSTEM, shift=shift, at=world.now)
    restore_shift(actor=SYSTEM, planned=planned, at=world.now, changed=False)
    pattern(world, pattern=held, weeks=[[[[600, 1080]]] * 5 + [[], []]])
    assert written(world)[0] == (first[0] + HOUR, first[1])


def test_a_given_shift_changes_hands_with_its_breaks_and_returns(world: World, start: datetime):
    shift = _shift(world, start)
    set_breaks(actor=SYSTEM, shift=shift, breaks=[Pause(start + HOUR, start + 2 * HOUR)], at=world.now)
    when = {"starts_at": start + DAY, "ends_at": start + DAY + 8 * HOUR, "at": world.now}
    given = give_shift(actor=world.wang_fang, shift=shift, member=world.zhou_min, **when)
    assert _starts(world, "li_na", start) == []
    assert _starts(world, "zhou_min", start) == [start + DAY]
    assert given.breaks.get().starts_at == start + DAY + HOUR
    planned = PlannedShift.objects.get(member=world.li_na, starts_at=start)
    take_shift_back(actor=world.wang_fang, given=given, planned=planned, at=world.now)
    assert _starts(world, "li_na", start) == [start]
    assert _starts(world, "zhou_min", start) == []


def test_a_pattern_does_not_bring_a_given_shift_back(world: World):
    pattern(world)
    first = written(world)[0]
    shift = Shift.objects.get(member=world.sun_hao, starts_at=first[0])
    give_shift(
        actor=SYSTEM, shift=shift, member=world.li_na, starts_at=first[0], ends_at=first[1], at=world.now
    )
    materialise(at=world.now + 2 * HOUR)
    assert first not in written(world, at=world.now + 2 * HOUR)


def test_nobody_gives_shifts_to_somebody_they_do_not_lead(world: World, start: datetime):
    when = {"starts_at": start, "ends_at": start + HOUR, "at": world.now}
    with pytest.raises(Denied):
        give_shift(actor=world.wang_fang, shift=_shift(world, start), member=world.he_jie, **when)


def test_a_giving_that_meets_another_shift_changes_nothing(world: World, start: datetime):
    shift = _shift(world, start)
    _shift(world, start + 4 * HOUR, "zhou_min")
    with pytest.raises(Conflict):
        give_shift(
            actor=SYSTEM,
            shift=shift,
            member=world.zhou_min,
            starts_at=start,
            ends_at=start + 8 * HOUR,
            at=world.now,
        )
    assert _starts(world, "li_na", start) == [start]


def test_a_moved_shift_that_is_moved_back_is_led_by_its_pattern_again(world: World):
    pattern(world)
    begins, ends = written(world)[0]
    shift = Shift.objects.get(member=world.sun_hao, starts_at=begins)
    move_shift(actor=SYSTEM, shift=shift, starts_at=begins + HOUR, ends_at=ends, at=world.now)
    shift = Shift.objects.get(member=world.sun_hao, starts_at=begins + HOUR)
    back = move_shift(actor=SYSTEM, shift=shift, starts_at=begins, ends_at=ends, at=world.now, changed=False)
    assert not back.changed


def test_a_week_is_copied_beside_what_stands_and_taken_back(world: World, start: datetime):
    set_breaks(
        actor=SYSTEM, shift=_shift(world, start), breaks=[Pause(start + HOUR, start + 2 * HOUR)], at=world.now
    )
    _shift(world, start + DAY)
    _shift(world, start + 8 * DAY + HOUR)
    copied = copy_week(
        actor=world.wang_fang, members=[world.li_na], source=MONDAY, target=NEXT, zone=ZONE, at=world.now
    )
    assert (copied.added, copied.skipped) == (1, 1)
    assert _starts(world, "li_na", start + 2 * DAY) == [start + 7 * DAY, start + 8 * DAY + HOUR]
    new = shifts_of(world.li_na, start + 7 * DAY, start + 7 * DAY + HOUR).get()
    assert breaks_of(new).get().starts_at == start + 7 * DAY + HOUR
    assert take_copy_back(actor=world.wang_fang, copy=copied.copy, at=world.now) == 1
    assert _starts(world, "li_na", start + 2 * DAY) == [start + 8 * DAY + HOUR]


def test_a_copy_keeps_the_clock_on_the_wall_across_the_change_of_clocks(world: World):
    begins = datetime(2026, 3, 24, 8, tzinfo=world.now.tzinfo)
    _shift(world, begins)
    spans = {"source": date(2026, 3, 23), "target": date(2026, 3, 30), "zone": "Europe/Berlin"}
    copy_week(actor=SYSTEM, members=[world.li_na], at=world.now, **spans)
    assert _starts(world, "li_na", begins)[1] == begins + 7 * DAY - HOUR


def test_nothing_is_copied_into_the_past_and_a_week_not_into_itself(world: World, start: datetime):
    _shift(world, start)
    spans = {"source": MONDAY, "target": date(2026, 2, 23), "zone": ZONE}
    assert copy_week(actor=SYSTEM, members=[world.li_na], at=world.now, **spans).added == 0
    with pytest.raises(Invalid):
        copy_week(actor=SYSTEM, members=[world.li_na], at=world.now, **{**spans, "target": MONDAY})


def test_what_was_changed_since_stays_when_a_copy_is_taken_back(world: World, start: datetime):
    _shift(world, start)
    copied = copy_week(
        actor=SYSTEM, members=[world.li_na], source=MONDAY, target=NEXT, zone=ZONE, at=world.now
    )
    new = shifts_of(world.li_na, start + 7 * DAY, start + 8 * DAY).get()
    times = {"starts_at": new.starts_at + HOUR, "ends_at": new.ends_at}
    move_shift(actor=SYSTEM, shift=new, at=world.now, **times)
    assert take_copy_back(actor=SYSTEM, copy=copied.copy, at=world.now) == 0


def test_a_decision_about_leave_is_taken_back(world: World, start: datetime):
    _shift(world, start)
    span = {"starts_at": start - HOUR, "ends_at": start + DAY}
    leave = request_leave(actor=world.li_na, member=world.li_na, kind="annual", at=world.now, **span)
    approve_leave(actor=world.wang_fang, leave=leave, at=world.now)
    assert _starts(world, "li_na", start) == []
    reconsider_leave(actor=world.wang_fang, leave=leave, at=world.now)
    assert _starts(world, "li_na", start) == [start]
    decline_leave(actor=world.wang_fang, leave=leave, at=world.now)
    assert reconsider_leave(actor=world.wang_fang, leave=leave, at=world.now).state == Leave.State.REQUESTED
    with pytest.raises(Denied):
        reconsider_leave(actor=world.li_na, leave=leave, at=world.now)


def test_a_calendar_link_works_until_another_takes_its_place(world: World):
    first = make_link(actor=world.li_na, member=world.li_na, at=world.now)
    assert rota.member_of_link(first) == world.li_na
    second = make_link(actor=world.li_na, member=world.li_na, at=world.now + timedelta(days=1))
    assert rota.member_of_link(first) is None
    assert rota.member_of_link(second) == world.li_na
    remove_link(actor=world.li_na, member=world.li_na, at=world.now)
    assert rota.member_of_link(second) is None
    with pytest.raises(Denied):
        make_link(actor=world.wang_fang, member=world.li_na, at=world.now)
