"""The tabs of the room Division, in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Tab:
    """A page of the room, or several below one address; a member sees those their position may enter."""

    path: str
    label: Any
    permission: str

    @property
    def stands(self) -> bool:
        """Whether there is a page at its address."""
        return _answers(self.path)

    def holds(self, path: str) -> bool:
        """Whether the page at this address belongs here."""
        return path == self.path or path.startswith(f"{self.path}/")


TABS: tuple[Tab, ...] = (
    Tab("/division", pgettext_lazy("division", "Board"), "board.read"),
    Tab("/division/workload", pgettext_lazy("division", "Work ahead"), "board.read"),
    Tab("/division/positions", pgettext_lazy("division", "Positions"), "presence.own"),
    Tab("/division/coverage", pgettext_lazy("division", "Coverage"), "board.read"),
    Tab("/division/skills", pgettext_lazy("division", "Skills"), "presence.own"),
    Tab("/division/policy", pgettext_lazy("division", "Policy"), "board.assign"),
    Tab("/emergency", pgettext_lazy("division", "Surge"), "board.read"),
    Tab("/division/history", pgettext_lazy("division", "History"), "board.read"),
)


def tabs_for(member: Any) -> list[Tab]:
    """The tabs this member may enter."""
    return [tab for tab in TABS if tab.stands and member.may(tab.permission)]


def tab_at(tabs: Iterable[Tab], path: str) -> Tab | None:
    """Where somebody at this address is: the tab with the longest address that holds it."""
    holding = [tab for tab in tabs if tab.holds(path)]
    return max(holding, key=lambda tab: len(tab.path), default=None)


@cache
def _answers(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
