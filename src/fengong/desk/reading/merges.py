"""Named reads of merges."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from fengong.desk.models import Merge, Ticket


def end_of(pk: int) -> int:
    """The ticket in which a matter goes on: itself, or the end of the chain it was merged into."""
    found = Ticket.objects.filter(pk=pk).values_list("merged_into_id", flat=True).first()
    return found or pk


def standing(source: int) -> Merge | None:
    """The merge of a ticket into another, as long as it was not taken back."""
    return Merge.objects.filter(source=source, undone_at__isnull=True).first()


def absorbed_by(ends: Iterable[int]) -> set[int]:
    """Every ticket that goes on in one of these by a chain of merges that stand."""
    found: set[int] = set()
    frontier = set(ends)
    while frontier:
        into = Merge.objects.filter(target__in=frontier, undone_at__isnull=True)
        frontier = set(into.values_list("source_id", flat=True)) - found
        found |= frontier
    return found


def parts(of: int) -> QuerySet[Ticket]:
    """A ticket and those that go on in it, whose messages are read together."""
    return Ticket.objects.filter(Q(pk=of) | Q(merged_into=of))


def absorbed(of: Ticket) -> QuerySet[Ticket]:
    """The tickets that go on in this one, oldest first."""
    return Ticket.objects.filter(merged_into=of).select_related("customer").order_by("id")
