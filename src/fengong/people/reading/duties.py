"""How duty lists stand over all positions, and the words they are made of."""

from __future__ import annotations

from collections.abc import Iterable

from fengong.people.models import Duty, DutyAcknowledgement, DutyList, Position

KPIS = Duty.Kpi.choices
"""Figures that are filled from what is recorded, with their names."""
TIMES = frozenset(str(key) for key in Duty.Kpi.values if "seconds" in key)
SHARES = frozenset(str(key) for key in (Duty.Kpi.REOPENED, Duty.Kpi.KEPT, Duty.Kpi.CSAT))
ROLES = Position.Role.choices
"""What a position may be in the product."""


def has_duties() -> bool:
    """Whether any edition was ever published."""
    return DutyList.objects.filter(number__isnull=False).exists()


def drafted() -> set[int]:
    """Positions whose duties are being written."""
    return set(DutyList.objects.filter(number__isnull=True).values_list("position_id", flat=True))


def acknowledged(editions: Iterable[DutyList]) -> set[tuple[int, int]]:
    """Which edition was read by which member, by their ids."""
    found = DutyAcknowledgement.objects.filter(duty_list__in=list(editions))
    return set(found.values_list("duty_list_id", "member_id"))


def known_tasks() -> dict[str, tuple[str, str]]:
    """The work that duty lists name, with its words in Chinese and in English as they were written last."""
    rows = Duty.objects.order_by("duty_list__changed_at", "pk").values_list("task", "task_zh", "task_en")
    return {task: (zh, en) for task, zh, en in rows}
