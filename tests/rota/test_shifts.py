"""Shifts: planned by those who may, never two at once for one member."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from fengong.rota import queries
from fengong.rota.actions.shifts import plan_shift
from fengong.rota.models import Shift
from tests.world import World

HOUR = timedelta(hours=1)


def plan(world: World, start: float, end: float, *, by: str = "wang_fang") -> Shift:
    """A shift of Li Na, in hours from now; she has one from -4 to 4 already."""
    return plan_shift(
        actor=world.members[by],
        member=world.li_na,
        starts_at=world.now + start * HOUR,
        ends_at=world.now + end * HOUR,
        at=world.now,
    )


@pytest.mark.parametrize(("start", "end"), [(-5, -3), (3, 5), (-1, 1), (-5, 5), (-4, 4)])
def test_shifts_of_one_member_do_not_overlap(world: World, start: float, end: float):
    with pytest.raises(Conflict):
        plan(world, start, end)


@pytest.mark.parametrize(("start", "end"), [(-8, -4), (4, 8)])
def test_one_shift_may_begin_where_another_ends(world: World, start: float, end: float):
    plan(world, start, end)
    assert Shift.objects.filter(member=world.li_na).count() == 2


def test_shifts_of_different_members_may_overlap(world: World):
    at = world.now
    assert queries.shifts_between(at, at + HOUR).count() == 5


def test_a_shift_ends_after_it_starts(world: World):
    with pytest.raises(Invalid) as refused:
        plan(world, 9, 9)
    assert refused.value.field == "ends_at"


@pytest.mark.parametrize("name", ["li_na", "qian_wei", "tang_yun"])
def test_only_leads_and_administrators_plan_shifts(world: World, name: str):
    with pytest.raises(Denied):
        plan(world, 6, 8, by=name)
    plan(world, 6, 8, by="admin")


def test_a_planned_shift_is_one_fact_about_the_member(world: World):
    shift = plan(world, 6, 8)
    event = history("member", world.li_na.pk).last()
    assert event is not None
    assert (event.verb, event.data["starts_at"]) == ("shift.planned", shift.starts_at.isoformat())


def test_the_end_of_the_running_shift_is_known_and_only_that(world: World):
    plan(world, 4, 8)
    assert queries.shift_ends(world.now)[world.li_na.pk] == world.now + 4 * HOUR
    assert queries.shift_ends(world.now + 9 * HOUR) == {}
