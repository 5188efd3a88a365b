"""How members spent their shifts: time in each status, exactly."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.kernel.actor import SYSTEM
from fengong.people.models import Member
from fengong.rota.actions.breaks import set_breaks
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.shifts import plan_shift
from fengong.rota.models import PresenceSpan, Shift
from fengong.rota.reading.status import Account, accounts
from fengong.rota.reading.weeks import Pause
from tests.world import World

HOUR = timedelta(hours=1)


@pytest.fixture
def start(world: World) -> datetime:
    return world.now + timedelta(days=1)


def _shift(world: World, start: datetime) -> Shift:
    return plan_shift(
        actor=SYSTEM, member=world.li_na, starts_at=start, ends_at=start + 8 * HOUR, at=world.now
    )


def _says(member: Member, at: datetime, *told: tuple[float, str]) -> None:
    for hours, status in told:
        set_presence(actor=SYSTEM, member=member, status=status, at=at + hours * HOUR)


def _account(world: World, start: datetime, *, at: datetime | None = None, **more: Any) -> Account:
    asked = {"at": at or start + 24 * HOUR, "members": [world.li_na.pk], **more}
    return accounts(start - HOUR, start + 20 * HOUR, **asked)[world.li_na.pk]


def test_each_minute_of_a_shift_is_counted_once_in_the_status_it_was_spent_in(world: World, start: datetime):
    shift = _shift(world, start)
    noon = Pause(start + 4 * HOUR, start + 5 * HOUR)
    set_breaks(actor=SYSTEM, shift=shift, breaks=[noon], at=world.now)
    _says(world.li_na, start, (0.5, "online"), (3.5, "away"), (5, "online"), (7, "offline"))
    told = _account(world, start).stints[0]
    assert told.hours == {"online": 5.0, "engaged": 0.0, "away": 0.5, "break": 1.0, "absent": 1.5}
    assert (told.first, told.last) == (start + 0.5 * HOUR, start + 7 * HOUR)
    assert told.share == pytest.approx(5 / 7)


def test_who_works_through_a_break_has_worked(world: World, start: datetime):
    shift = _shift(world, start)
    set_breaks(actor=SYSTEM, shift=shift, breaks=[Pause(start + 4 * HOUR, start + 5 * HOUR)], at=world.now)
    _says(world.li_na, start, (0, "online"), (8, "offline"))
    told = _account(world, start).stints[0]
    assert (told.hours["online"], told.hours["break"], told.share) == (8.0, 0.0, 1.0)


def test_work_beside_shifts_is_told_apart(world: World, start: datetime):
    _shift(world, start)
    _says(world.li_na, start, (-0.5, "online"), (9.5, "offline"))
    told = _account(world, start)
    assert told.worked == 8.0
    assert told.outside == 2.0
    assert [one.planned for one in told.stints] == [False, True, False]


def test_a_shift_that_runs_is_counted_as_far_as_it_has_come(world: World, start: datetime):
    _shift(world, start)
    _says(world.li_na, start, (0, "online"))
    told = _account(world, start, at=start + 2 * HOUR)
    assert told.stints[0].hours["online"] == 2.0
    assert told.stints[0].passed == 2.0
    assert told.planned == 8.0


def test_nobody_heard_of_is_not_here_and_a_shift_to_come_says_nothing(world: World, start: datetime):
    _shift(world, start)
    assert _account(world, start).stints[0].hours["absent"] == 8.0
    to_come = _account(world, start, at=start - HOUR).stints[0]
    assert (to_come.passed, to_come.share) == (0.0, None)


def test_a_night_belongs_to_the_day_it_began_on(world: World, start: datetime):
    _shift(world, start)
    _says(world.li_na, start, (0, "online"), (8, "offline"))
    split = start + 4 * HOUR
    late = accounts(split, split + 10 * HOUR, at=start + 24 * HOUR, members=[world.li_na.pk])
    early = accounts(start - HOUR, split, at=start + 24 * HOUR, members=[world.li_na.pk])
    assert late[world.li_na.pk].stints == []
    assert early[world.li_na.pk].worked == 8.0


def test_every_change_of_presence_ends_one_span_and_begins_the_next(world: World, start: datetime):
    _says(world.li_na, start, (0, "online"), (1, "away"), (1, "online"), (0.5, "offline"))
    spans = PresenceSpan.objects.filter(member=world.li_na).order_by("pk")
    assert [(row.status, row.starts_at - start, row.ends_at and row.ends_at - start) for row in spans] == [
        ("online", 0 * HOUR, HOUR),
        ("away", HOUR, HOUR),
        ("online", HOUR, HOUR),
        ("offline", 0.5 * HOUR, None),
    ]


def test_more_members_take_no_more_statements(world: World, start: datetime):
    counts = []
    for members in ([world.li_na.pk], [one.pk for one in world.members.values()]):
        with CaptureQueriesContext(connection) as queries:
            _account(world, start, members=members)
        counts.append(len(queries))
    assert counts == [3, 3]
