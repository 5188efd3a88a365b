"""Policies and calendars for tests of promised times, said in few words; and a ticket's clocks in Shanghai's time."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fengong.desk.actions.calendars import save_calendar
from fengong.desk.actions.promises import mark_broken_promises
from fengong.desk.actions.service_policies import Level, Rung, Wanted, save_policy
from fengong.desk.models import Calendar, ServicePolicy, Ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.hours import parse_hours
from fengong.kernel.spine import history
from tests.world import NOW

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = "09:00-12:00, 13:30-18:00"


def when(text: str, zone: str = "Asia/Shanghai") -> datetime:
    """`2026-03-02 14:00` on the wall of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def calendar(
    hours: str = OFFICE, *, weekend: str = "", zone: str = "Asia/Shanghai", name: str = "Office", **more: Any
) -> Calendar:
    """Monday to Friday at these hours, the weekend at others."""
    week = [parse_hours(hours)] * 5 + [parse_hours(weekend)] * 2
    return save_calendar(actor=SYSTEM, name=name, zone=zone, week=week, at=NOW, **more)


def policy(
    *,
    at: datetime = NOW,
    rungs: tuple[Rung, ...] = (),
    name: str = "Policy",
    levels: dict[int, Level] | None = None,
    standing: ServicePolicy | None = None,
    **more: Any,
) -> ServicePolicy:
    """A policy whose promises are the same at every priority, as minutes by name; without a condition the default."""
    promised = {key: more.pop(key) for key in list(more) if key in Level.__dataclass_fields__}
    more.setdefault("is_default", "condition" not in more)
    if more["is_default"] and standing is None:
        standing = ServicePolicy.objects.filter(is_default=True).first()
    given = levels or dict.fromkeys((1, 2, 3, 4), Level(**promised))
    wanted = Wanted(name=name, levels=given, rungs=rungs, **more)
    return save_policy(actor=SYSTEM, wanted=wanted, policy=standing, at=at)


def sweep(at: datetime) -> int:
    return mark_broken_promises(actor=SYSTEM, at=at)


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def due(ticket: Ticket, target: str, zone: str = "Asia/Shanghai") -> str:
    """When a promise ends, on the wall of a zone."""
    found = getattr(fresh(ticket), f"{target}_due")
    return f"{found.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if found else "-"


def told(ticket: Ticket) -> list[tuple[str, str, int]]:
    """What was recorded of its promises: near or breached, which, and the step of the ladder."""
    found = history("ticket", ticket.pk).filter(verb__in=("ticket.promise_near", "ticket.breached"))
    return [(event.verb.split(".")[1], event.data["target"], event.data["step"]) for event in found]
