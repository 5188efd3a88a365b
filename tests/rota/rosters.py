"""Short ways to write rosters down in tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from fengong.kernel.actor import SYSTEM
from fengong.rota.actions.materialising import materialise
from fengong.rota.actions.patterns import PatternWanted, save_pattern
from fengong.rota.models import Pattern, PlannedShift, Shift
from tests.world import World

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DAYS_OFF: list[list[list[int]]] = [[] for _ in range(7)]
OFFICE = [[[540, 1080]]] * 5 + [[], []]
NIGHTS = [[[1320, 1800]]] * 7
MONDAY = date(2026, 3, 9)


def pattern(world: World, *, at: datetime | None = None, **more: Any) -> Pattern:
    """A pattern of 孙 from the Monday after the world's, unless said otherwise; nothing is written from it yet."""
    whose = {name: more.pop(name) for name in ("member", "team", "pattern") if name in more}
    given: dict[str, Any] = {"name": "Office", "weeks": [OFFICE], "starts_on": MONDAY, **more}
    whose = whose or {"member": world.sun_hao}
    return save_pattern(actor=SYSTEM, wanted=PatternWanted(**given), at=at or world.now, **whose)


def written(world: World, *, at: datetime | None = None, weeks: int = 2) -> list[tuple[datetime, datetime]]:
    """The shifts 孙 has from the Monday on after patterns were followed."""
    materialise(at=at or world.now, horizon=weeks * 7 * DAY - DAY)
    return times(world)


def times(world: World) -> list[tuple[datetime, datetime]]:
    """The shifts 孙 has after the one the world gave him."""
    rows = Shift.objects.filter(member=world.sun_hao, starts_at__gt=world.now).order_by("starts_at")
    return list(rows.values_list("starts_at", "ends_at"))


def everything() -> list[Any]:
    """All that is planned and all that is worked, with the ids of both."""
    plans = PlannedShift.objects.order_by("pk").values_list(
        "pk", "member_id", "starts_at", "ends_at", "cancelled"
    )
    shifts = Shift.objects.order_by("pk").values_list("pk", "member_id", "starts_at", "ends_at", "planned_id")
    return [*plans, *shifts]
