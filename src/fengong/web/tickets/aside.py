"""What stands beside a ticket in detail; read after the conversation is on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from fengong.desk import queries as desk
from fengong.desk.reading import attachments as attached
from fengong.desk.reading import children as below
from fengong.desk.reading import fields as filed
from fengong.desk.reading import links as linked
from fengong.desk.reading import satisfaction
from fengong.desk.reading import watchers as watching
from fengong.web import feed
from fengong.web.tickets.opened import Opened

PAST, HAPPENED = 8, 12


@dataclass(frozen=True)
class Entry:
    """A field with what stands in it."""

    field: Any
    value: Any

    @property
    def options(self) -> list[dict[str, str]]:
        """What it can be chosen from, in the reader's language."""
        return [
            {"value": choice["value"], "label": filed.choice_label(choice)} for choice in self.field.choices
        ]


class Aside:
    """The lower part of the details of an open ticket."""

    def __init__(self, opened: Opened, asked: QueryDict) -> None:
        self.opened, self.ticket = opened, opened.ticket
        self.whole = "whole" in asked

    @property
    def past(self) -> list[Any]:
        """The customer's other tickets."""
        return [other for other in desk.of_customer(self.ticket.customer, PAST) if other.pk != self.ticket.pk]

    @property
    def fields(self) -> list[Entry]:
        """The desk's own fields as a form shows them."""
        return [Entry(filled.field, filled.value) for filled in filed.filled(self.ticket)]

    @property
    def links(self) -> list[Any]:
        return linked.links_of(self.ticket)

    @property
    def family(self) -> below.Progress:
        return below.progress(self.ticket)

    @property
    def watchers(self) -> list[Any]:
        return list(watching.watchers(self.ticket))

    @property
    def files(self) -> list[Any]:
        return list(attached.of_ticket(self.ticket))

    @property
    def rating(self) -> Any:
        """What the customer said of it, once they have."""
        found = satisfaction.rating_of(self.ticket)
        return found if found and found.answered_at else None

    @property
    def told(self) -> list[feed.Told]:
        """What happened, the newest first; all of it when asked for."""
        newest = self.opened.told[::-1]
        return newest if self.whole else newest[:HAPPENED]

    @property
    def left_out(self) -> int:
        return 0 if self.whole else max(len(self.opened.told) - HAPPENED, 0)
