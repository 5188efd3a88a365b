"""The list of tickets: a tab or a saved view, narrowed by a query, in an order, a stretch at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from fengong.desk.language import apart
from fengong.desk.models import Ticket, View
from fengong.desk.queries import tab_filter, tickets
from fengong.desk.reading.listed import Listed, columns, named
from fengong.desk.reading.words import with_words
from fengong.kernel.errors import Invalid
from fengong.kernel.planning import planned_each_time
from fengong.kernel.search import sought
from fengong.people.models import Member

Ordering = tuple[str | OrderBy, ...]
ORDERS: dict[str, Ordering] = {
    "newest": ("-opened_at", "-id"),
    "oldest": ("opened_at", "id"),
    "due": (F("next_due_at").asc(nulls_last=True), "id"),
    "waiting": ("waiting_since", "id"),
    "words": ("-id",),
}
KEYS = {"newest": "opened_at", "oldest": "opened_at", "due": "next_due_at", "waiting": "waiting_since"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `tab` is one of the standing tabs; a saved view narrows it by its own query."""

    member: Member
    at: datetime
    tab: str = "all"
    view: View | None = None
    query: str = ""
    topic: int | None = None
    difficulty: int | None = None

    @property
    def order(self) -> str:
        if self.view:
            return self.view.sort
        return "newest" if self.tab == "all" else "due"

    @property
    def narrowing(self) -> Q:
        """What the tab and the filters beside the query say."""
        found = tab_filter(self.tab, self.member)
        if self.topic:
            found &= Q(topic_id=self.topic)
        return found & Q(difficulty=self.difficulty) if self.difficulty else found


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list, and where the next one begins; `after` is empty at the end."""

    rows: list[Listed]
    after: str


def listed(wanted: Wanted, *, after: str = "", limit: int = 40) -> Page:
    """The next stretch past a place; the place stays right while tickets come and go. Invalid for a bad query.

    A list that is searched for words shows the newest tickets first, whatever its own order is.
    """
    texts = (wanted.view.query if wanted.view else "", wanted.query)
    asked = apart(*texts, member=wanted.member, at=wanted.at)
    condition, shown = wanted.narrowing & asked.rest, columns(wanted.member)
    if asked.words:
        past = _place(after)[1] if after else None
        rows = with_words(shown, asked.words, condition, past=past, limit=limit + 1)
        return _page(named(rows), "words", limit)
    order = wanted.order
    found = shown.filter(condition).order_by(*ORDERS[order])
    if after:
        found = found.filter(_past(order, after))
    with planned_each_time(when=any(texts)):
        return _page(named(found[: limit + 1]), order, limit)


def search(text: str, *, member: Member, at: datetime, limit: int = 20) -> list[Ticket]:
    """Tickets for what somebody types to go somewhere: a number first, then the newest that hold the words.

    What is no query in the desk's language is taken as plain words.
    """
    number = text.strip().lstrip("#＃")
    exact = list(tickets().filter(pk=int(number))) if number.isdecimal() and len(number) < 19 else []
    if exact and text.strip() != number:
        return exact
    try:
        found = matching_newest((text,), member=member, at=at, limit=limit) if text.strip() else []
    except Invalid:
        words = tuple(sought(text))
        found = with_words(tickets(), words, Q(), past=None, limit=limit) if words else []
    return (exact + [ticket for ticket in found if ticket not in exact])[:limit]


def matching_newest(texts: tuple[str, ...], *, member: Member, at: datetime, limit: int) -> list[Ticket]:
    """The newest tickets that queries find together."""
    asked = apart(*texts, member=member, at=at)
    if asked.words:
        return with_words(tickets(), asked.words, asked.rest, past=None, limit=limit)
    with planned_each_time():
        return list(tickets().filter(asked.rest).order_by(*ORDERS["newest"])[:limit])


def whole(wanted: Wanted) -> QuerySet[Ticket]:
    """All tickets of a list, in no order: what is done to everything in it."""
    texts = (wanted.view.query if wanted.view else "", wanted.query)
    asked = apart(*texts, member=wanted.member, at=wanted.at)
    return tickets().filter(wanted.narrowing & asked.whole)


def _page(rows: list[Listed], order: str, limit: int) -> Page:
    if len(rows) <= limit:
        return Page(rows, "")
    last = rows[limit - 1]
    key = getattr(last, KEYS[order]) if order in KEYS else None
    return Page(rows[:limit], f"{key.isoformat() if key else ''}_{last.pk}")


def _past(order: str, after: str) -> Q:
    at, pk = _place(after)
    if order == "due" and at is None:
        return Q(next_due_at__isnull=True, pk__gt=pk)
    if at is None:
        return Q(pk__lt=pk) if order == "newest" else Q(pk__gt=pk)
    key, further = KEYS[order], "lt" if order == "newest" else "gt"
    beyond = Q(**{f"{key}__{further}": at}) | Q(**{key: at, f"pk__{further}": pk})
    if order == "due":
        return beyond | Q(next_due_at__isnull=True)
    return Q(**{f"{key}__{further}e": at}) & beyond


def _place(after: str) -> tuple[datetime | None, int]:
    moment, _, pk = after.rpartition("_")
    try:
        at = datetime.fromisoformat(moment) if moment else None
        return (at if at and at.tzinfo else None), int(pk)
    except ValueError:
        return None, 0
