"""Two workers write the same shifts at once, and people change them meanwhile: on PostgreSQL, with real threads."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Refused
from fengong.rota.actions.materialising import materialise
from fengong.rota.actions.shifts import plan_shift
from fengong.rota.models import Pattern, PlannedShift, Shift
from tests.rota.rosters import DAY, HOUR, pattern
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def on_postgres() -> None:
    """Leave a visible skip on SQLite, and an error where PostgreSQL was asked for."""
    if connection.vendor != "postgresql":
        asked = "postgres" in os.environ.get("FENGONG_REQUIRE", "")
        (pytest.fail if asked else pytest.skip)("this test needs PostgreSQL: set DATABASE_URL")


def at_once(*deeds: Callable[[], Any]) -> list[Exception]:
    """Do these in threads of their own that start together; what went wrong."""
    errors: list[Exception] = []
    gate = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> None:
        gate.wait()
        try:
            deed()
        except Refused:
            pass
        except Exception as error:  # the thread must not die unheard
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_two_writers_and_a_planner_leave_each_shift_once_and_none_over_another(
    on_postgres: None, world: World
):
    pattern(world, team=world.teams["north"])
    pattern(world, team=world.teams["south"])
    for turn in range(4):
        Pattern.objects.update(due_at=world.now)
        start = world.now + 7 * DAY + turn * DAY

        def plan(start: Any = start) -> None:
            plan_shift(
                actor=SYSTEM, member=world.sun_hao, starts_at=start, ends_at=start + 3 * HOUR, at=world.now
            )

        def write() -> None:
            materialise(at=world.now)

        assert at_once(write, write, plan) == []
        _whole()
    assert PlannedShift.objects.filter(source="pattern").count() > 300


def _whole() -> None:
    for member in set(Shift.objects.values_list("member_id", flat=True)):
        spans = Shift.objects.filter(member=member).order_by("starts_at").values_list("starts_at", "ends_at")
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
    keys = list(PlannedShift.objects.filter(source="pattern").values_list("pattern", "member", "day", "slot"))
    assert len(keys) == len(set(keys))
