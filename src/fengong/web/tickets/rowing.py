"""What a row of the list shows beside the ticket itself: tags, who has it open, one's own words not sent yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fengong.desk.reading import drafts, lists, tags, viewers
from fengong.kernel.clock import now

TAGS = 3


@dataclass(frozen=True)
class Pill:
    """A tag as it is shown."""

    label: str
    colour: str = ""


@dataclass(frozen=True)
class Viewer:
    """Somebody who has the ticket open."""

    name: str


def dressed(page: lists.Page, member: Any) -> lists.Page:
    """The page with its rows dressed, in one statement for each thing."""
    ids = [row.pk for row in page.rows]
    named = tags.of_tickets(ids) if ids else {}
    watching = viewers.viewers_of(ids, but=member, at=now()) if ids else {}
    rows: list[Any] = page.rows
    if rows and not hasattr(rows[0], "has_draft"):
        begun = drafts.with_draft(member, ids)
        for row in rows:
            row.has_draft = row.pk in begun
    for row in rows:
        row.shown_tags = [Pill(name) for name in named.get(row.pk, ())[:TAGS]]
        row.viewers = [Viewer(seen.member.display_name) for seen in watching.get(row.pk, ())]
    return page
