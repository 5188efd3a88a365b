"""The tabs of the room Roster, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext_lazy

from fengong.rota.policies import may_read_shifts


@dataclass(frozen=True)
class Tab:
    """A page of the room, or several below one address."""

    path: str
    label: Any
    may: Callable[[Any], bool]


def everybody(member: Any) -> bool:
    """Open to all members."""
    return bool(member.may("presence.own"))


def planners(member: Any) -> bool:
    """Open to those who plan shifts."""
    return bool(member.may("shift.plan"))


TABS: tuple[Tab, ...] = (
    Tab("/roster", pgettext_lazy("roster", "Week"), may_read_shifts),
    Tab("/roster/day", pgettext_lazy("roster", "Day"), may_read_shifts),
    Tab("/roster/need", pgettext_lazy("roster", "Need"), may_read_shifts),
    Tab("/roster/mine", pgettext_lazy("roster", "My shifts"), everybody),
    Tab("/roster/leave", pgettext_lazy("roster", "Leave"), everybody),
    Tab("/roster/patterns", pgettext_lazy("roster", "Patterns"), may_read_shifts),
    Tab("/roster/status", pgettext_lazy("roster", "Time in status"), everybody),
    Tab("/roster/files", pgettext_lazy("roster", "From a file"), planners),
)


def page(request: HttpRequest, template: str, shown: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the room, with the tabs its reader may enter."""
    member: Any = getattr(request, "member", None)
    tabs = [tab for tab in TABS if tab.may(member)]
    holding = [tab for tab in tabs if request.path == tab.path or request.path.startswith(f"{tab.path}/")]
    here = max(holding, key=lambda tab: len(tab.path), default=None)
    return render(request, template, {**shown, "tabs": tabs, "here": here}, status=status)
