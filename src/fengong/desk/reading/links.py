"""Named reads of links."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from fengong.desk.models import Link, Ticket

NAMES = {
    ("relates", True): ("relates", pgettext_lazy("link", "Related to")),
    ("relates", False): ("relates", pgettext_lazy("link", "Related to")),
    ("blocks", True): ("blocks", pgettext_lazy("link", "Blocks")),
    ("blocks", False): ("blocked_by", pgettext_lazy("link", "Blocked by")),
    ("duplicates", True): ("duplicates", pgettext_lazy("link", "Duplicate of")),
    ("duplicates", False): ("duplicated_by", pgettext_lazy("link", "Duplicated by")),
}


@dataclass(frozen=True)
class Linked:
    """A link as seen from one of its ends."""

    pk: int
    kind: str
    label: str | Promise
    other: Ticket


def links_of(ticket: Ticket) -> list[Linked]:
    """A ticket's links with the tickets at their other ends, in one statement."""
    found = Link.objects.filter(Q(source=ticket) | Q(target=ticket))
    rows = found.select_related("source__owner", "target__owner").order_by("id")
    return [_seen_from(ticket, link) for link in rows]


def link(pk: int) -> Link | None:
    """One link."""
    return Link.objects.filter(pk=pk).first()


def _seen_from(ticket: Ticket, link: Link) -> Linked:
    forth = link.source_id == ticket.pk
    kind, label = NAMES[link.kind, forth]
    return Linked(link.pk, kind, label, link.target if forth else link.source)
