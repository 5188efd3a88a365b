"""Named reads of child tickets."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from fengong.desk.models import Ticket


@dataclass(frozen=True)
class Progress:
    """A parent's children and how far they are."""

    children: list[Ticket]

    @property
    def done(self) -> int:
        return sum(child.status == Ticket.Status.RESOLVED for child in self.children)

    @property
    def total(self) -> int:
        return len(self.children)


def children(of: Ticket) -> QuerySet[Ticket]:
    """A ticket's children with their owners, oldest first."""
    return Ticket.objects.filter(parent=of).select_related("owner", "topic", "customer").order_by("id")


def progress(of: Ticket) -> Progress:
    """A ticket's children and how many of them are resolved."""
    return Progress(list(children(of)))


def unresolved(of: Ticket) -> int:
    """How many children are still being worked on."""
    return Ticket.objects.filter(parent=of).exclude(status=Ticket.Status.RESOLVED).count()
