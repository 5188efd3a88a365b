"""The list pane: which tickets, in which order, how many, and the address that says so."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from fengong.desk import queries as desk
from fengong.people import queries as people
from fengong.web.tickets.forms import ListForm

TABS = (
    ("mine", pgettext_lazy("list", "Mine")),
    ("team", pgettext_lazy("list", "Team")),
    ("unassigned", pgettext_lazy("list", "Unassigned")),
    ("all", pgettext_lazy("list", "All")),
)
PAGE, MOST = 40, 400


class Listing:
    """The list as one reader asked for it. What they asked for in vain (a bad number in the URL) is left out."""

    def __init__(self, query: QueryDict, member: Any, *, ticket: int | None = None) -> None:
        form = ListForm(query)
        form.is_valid()
        self.asked = {name: value for name, value in form.cleaned_data.items() if value}
        self.member = member
        self.view: str = self.asked.get("view") or "mine"
        self.ticket: int | None = ticket or self.asked.get("ticket")

    @cached_property
    def page(self) -> desk.Page:
        found = desk.narrow(desk.view(self.view, self.member), **self._narrowing)
        limit = min(max(self.asked.get("shown") or 0, PAGE), MOST)
        return desk.page(found, self.view, after=self.asked.get("after", ""), limit=limit)

    @cached_property
    def tabs(self) -> list[dict[str, Any]]:
        counts = desk.view_counts(self.member)
        return [
            {
                "name": name,
                "label": label,
                "count": counts.get(name),
                "query": urlencode({**self._kept, "view": name}),
            }
            for name, label in TABS
        ]

    @property
    def topics(self) -> Any:
        return people.topics()

    @property
    def query(self) -> str:
        """The address of this list, without the open ticket and the place in it."""
        return urlencode({"view": self.view, **self._kept})

    @property
    def is_narrowed(self) -> bool:
        return bool(self._kept)

    @property
    def is_continued(self) -> bool:
        return "after" in self.asked

    @property
    def _kept(self) -> dict[str, Any]:
        return {name: self.asked[name] for name in ("q", "topic", "difficulty") if name in self.asked}

    @property
    def _narrowing(self) -> dict[str, Any]:
        kept = self._kept
        return {"text": kept.get("q", ""), "topic": kept.get("topic"), "difficulty": kept.get("difficulty")}
