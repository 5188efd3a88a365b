"""The list pane: which tickets, in which order, how many, and the address that says so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from fengong.desk import queries as desk
from fengong.desk.reading import lists
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid
from fengong.people import queries as people
from fengong.web.tickets.deeds import DEEDS
from fengong.web.tickets.forms import ListForm
from fengong.web.tickets.rowing import Reader, Row, rows_of
from fengong.web.tickets.tabs import Tab, tabs_for, view_named

PAGE, MOST = 40, 400
NOTHING = lists.Page([], "")


@dataclass(frozen=True)
class Filters:
    """The fields by which a list is narrowed, and what may be chosen there."""

    view: str
    q: str
    error: str
    topic: int | None
    difficulty: int | None
    topics: tuple[tuple[int, str], ...]


class Listing:
    """The list as one reader asked for it. What they asked for in vain (a bad number in the URL) is left out.

    Of a query that cannot be read, `error` says what is wrong; the text stays.
    """

    deeds = DEEDS

    def __init__(self, query: QueryDict, member: Any, *, ticket: int | None = None) -> None:
        form = ListForm(query)
        form.is_valid()
        self.asked = {name: value for name, value in form.cleaned_data.items() if value}
        self.member = member
        self.ticket: int | None = ticket or self.asked.get("ticket")

    @cached_property
    def saved(self) -> Any:
        """The saved view that is shown, if it is one."""
        return view_named(self.asked.get("view", ""), self.member)

    @property
    def view(self) -> str:
        asked = self.asked.get("view", "")
        return asked if asked in desk.VIEWS or self.saved else "mine"

    @cached_property
    def _wanted(self) -> lists.Wanted:
        """What is asked for, as the desk understands it."""
        return lists.Wanted(
            member=self.member,
            at=now(),
            tab="all" if self.saved else self.view,
            view=self.saved,
            query=self.asked.get("q", ""),
            topic=self.asked.get("topic"),
            difficulty=self.asked.get("difficulty"),
        )

    @property
    def page(self) -> lists.Page:
        return self._read[0]

    @property
    def error(self) -> str:
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[lists.Page, str]:
        limit = min(max(self.asked.get("shown") or 0, PAGE), MOST)
        try:
            found = lists.listed(self._wanted, after=self.asked.get("after", ""), limit=limit)
        except Invalid as refusal:
            return NOTHING, refusal.message
        return found, ""

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return rows_of(self.page.rows, Reader(self.member, self.query, self.ticket))

    @cached_property
    def tabs(self) -> tuple[Tab, ...]:
        """The tabs, with the number of tickets in those that are on the page."""
        return tabs_for(self.member, self._kept, counted=self.view)

    @property
    def counted_tabs(self) -> tuple[Tab, ...]:
        """The tabs with all their numbers."""
        return tabs_for(self.member, self._kept)

    @cached_property
    def filters(self) -> Filters:
        """What stands in the fields above the rows."""
        return Filters(
            view=self.view,
            q=self.asked.get("q", ""),
            error=self.error,
            topic=self.asked.get("topic"),
            difficulty=self.asked.get("difficulty"),
            topics=tuple((topic.pk, topic.label) for topic in people.topics()),
        )

    @cached_property
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
