"""From patterns to shifts: the same however often, and never against what somebody did by hand."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Refused
from fengong.kernel.models import Event
from fengong.people.models import Member
from fengong.rota.actions.leave import approve_leave, request_leave, withdraw_leave
from fengong.rota.actions.materialising import AGAIN, materialise
from fengong.rota.actions.patterns import remove_pattern
from fengong.rota.actions.shifts import cancel_shift, move_shift, plan_shift
from fengong.rota.models import Leave, Pattern, Shift
from tests.rota.rosters import DAY, HOUR, NIGHTS, everything, pattern, times, written
from tests.world import World

NINE = datetime(2026, 3, 9, 1, tzinfo=UTC)
"""Monday, 9:00 in Shanghai: the first shift of the pattern."""


def test_a_pattern_becomes_shifts_as_far_as_the_horizon(world: World):
    pattern(world)
    found = written(world)
    assert found == [(NINE + day * DAY, NINE + day * DAY + 9 * HOUR) for day in (0, 1, 2, 3, 4)]
    assert len(written(world, at=world.now + DAY + AGAIN)) == 6


def test_written_twice_is_written_once(world: World):
    pattern(world, breaks=[{"begins": 720, "minutes": 30, "window": [690, 840]}])
    written(world)
    before, told = everything(), Event.objects.count()
    Pattern.objects.update(due_at=world.now)
    assert materialise(at=world.now, horizon=13 * DAY).members == 0
    assert (everything(), Event.objects.count()) == (before, told)


def test_a_pattern_that_is_not_due_is_not_read(world: World):
    pattern(world)
    written(world)
    Shift.objects.all().delete()
    assert materialise(at=world.now + AGAIN / 2).members == 0


def test_shifts_follow_a_pattern_that_changes(world: World):
    saved = pattern(world)
    kept = written(world)[0]
    pattern(world, pattern=saved, weeks=[[[[540, 1080]], [[600, 1080]], [], [], [], [], []]])
    assert written(world) == [kept, (NINE + DAY + HOUR, NINE + DAY + 9 * HOUR)]


def test_what_was_moved_or_cancelled_by_hand_stays_so(world: World):
    saved = pattern(world)
    written(world)
    first, second = Shift.objects.filter(member=world.sun_hao, starts_at__gt=world.now).order_by("starts_at")[
        :2
    ]
    moved = (NINE + HOUR, NINE + 5 * HOUR)
    move_shift(actor=SYSTEM, shift=first, starts_at=moved[0], ends_at=moved[1], at=world.now)
    cancel_shift(actor=SYSTEM, shift=second, at=world.now)
    pattern(world, pattern=saved, weeks=[[[[480, 1020]]] * 5 + [[], []]])
    found = written(world)
    assert (found[0], len(found)) == (moved, 4)
    assert found[1] == (NINE + 2 * DAY - HOUR, NINE + 2 * DAY + 8 * HOUR)


def test_a_shift_by_hand_takes_the_place_of_the_pattern(world: World):
    by_hand = (NINE - HOUR, NINE + HOUR)
    plan_shift(actor=SYSTEM, member=world.sun_hao, starts_at=by_hand[0], ends_at=by_hand[1], at=world.now)
    pattern(world)
    assert written(world)[:2] == [by_hand, (NINE + DAY, NINE + DAY + 9 * HOUR)]


def test_what_has_begun_is_history(world: World):
    saved = pattern(world)
    written(world)
    running = NINE + HOUR
    pattern(world, pattern=saved, weeks=[NIGHTS], at=running)
    assert written(world, at=running)[0] == (NINE, NINE + 9 * HOUR)
    assert written(world, at=running)[1][0] == NINE + DAY + 13 * HOUR


def test_a_pattern_that_goes_takes_along_what_nobody_touched(world: World):
    saved = pattern(world)
    written(world)
    first = Shift.objects.filter(member=world.sun_hao, starts_at=NINE).get()
    move_shift(actor=SYSTEM, shift=first, starts_at=NINE, ends_at=NINE + HOUR, at=world.now)
    remove_pattern(actor=SYSTEM, pattern=saved, at=world.now)
    assert written(world) == [(NINE, NINE + HOUR)]


def test_a_team_works_by_its_pattern_but_for_those_who_have_their_own(world: World):
    pattern(world, team=world.teams["north"])
    pattern(world, weeks=[NIGHTS], ends_on=date(2026, 3, 10))
    found = written(world)
    assert [(ends - begins) // HOUR for begins, ends in found] == [8, 8, 9, 9, 9]
    assert Shift.objects.filter(member=world.li_na, starts_at__gte=NINE).count() == 5


def test_whoever_leaves_the_team_leaves_its_shifts(world: World):
    pattern(world, team=world.teams["north"])
    written(world)
    Member.objects.filter(pk=world.sun_hao.pk).update(team=world.teams["south"])
    assert written(world, at=world.now + AGAIN) == []


@pytest.mark.parametrize("order", ["leave first", "pattern first"])
def test_approved_leave_takes_the_member_off_and_gives_the_shifts_back(world: World, order: str):
    def ask() -> None:
        asked = request_leave(
            actor=world.sun_hao,
            member=world.sun_hao,
            kind="annual",
            starts_at=NINE + DAY + 2 * HOUR,
            ends_at=NINE + 2 * DAY + 2 * HOUR,
            whole_days=False,
            at=world.now,
        )
        approve_leave(actor=world.wang_fang, leave=asked, at=world.now)

    pattern(world)
    written(world) if order == "pattern first" else None
    ask()
    found = written(world)
    assert found[1:3] == [
        (NINE + DAY, NINE + DAY + 2 * HOUR),
        (NINE + 2 * DAY + 2 * HOUR, NINE + 2 * DAY + 9 * HOUR),
    ]
    withdraw_leave(actor=world.sun_hao, leave=Leave.objects.get(), at=world.now)
    assert times(world) == [(NINE + day * DAY, NINE + day * DAY + 9 * HOUR) for day in range(5)]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_do_shifts_never_overlap_and_a_second_run_changes_nothing(world: World, seed: int):
    dice, saved = random.Random(seed), pattern(world, team=world.teams["north"])
    for _ in range(25):
        try:
            _one_step(world, saved, dice)
        except Refused:
            continue
        written(world)
        once = everything()
        Pattern.objects.update(due_at=world.now)
        written(world)
        assert everything() == once
        assert all(before[1] <= after[0] for before, after in pairwise(times(world)))


def _one_step(world: World, saved: Pattern, dice: random.Random) -> None:
    start = NINE + dice.randrange(0, 200) * HOUR
    end = start + dice.randrange(1, 30) * HOUR
    member, shifts = world.sun_hao, Shift.objects.filter(member=world.sun_hao, starts_at__gt=world.now)
    given = {"actor": SYSTEM, "at": world.now}
    step = dice.randrange(6)
    if step == 0:
        begins = dice.randrange(0, 1440)
        day = [[begins, begins + dice.randrange(60, 1200)]]
        pattern(world, pattern=saved, weeks=[[day, [], day, [], day, [], []]])
    elif step == 1:
        plan_shift(member=member, starts_at=start, ends_at=end, **given)
    elif step == 2:
        asked = request_leave(member=member, kind="other", starts_at=start, ends_at=end, **given)
        approve_leave(leave=asked, **given)
    elif step == 3 and Leave.objects.exists():
        withdraw_leave(leave=dice.choice(Leave.objects.order_by("pk")), **given)
    elif shifts:
        shift = dice.choice(shifts.order_by("pk"))
        change = cancel_shift if step == 4 else partial(move_shift, starts_at=start, ends_at=end)
        change(shift=shift, **given)


def _statements(world: World) -> int:
    Pattern.objects.update(due_at=world.now)
    with CaptureQueriesContext(connection) as captured:
        written(world)
    return len(captured)


def test_a_run_costs_the_same_statements_for_one_pattern_and_for_three(world: World):
    pattern(world, team=world.teams["north"])
    writing = _statements(world)
    standing = _statements(world)
    pattern(world, team=world.teams["south"])
    pattern(world, member=world.he_jie, weeks=[NIGHTS])
    assert _statements(world) == writing <= 20
    assert _statements(world) == standing < writing
