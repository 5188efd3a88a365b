"""Named reads of tags."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet, prefetch_related_objects

from fengong.desk.models import Tag, Tagging, Ticket


def tags() -> QuerySet[Tag]:
    """All tags by name."""
    return Tag.objects.order_by("key")


def tag(pk: int) -> Tag | None:
    """One tag."""
    return Tag.objects.filter(pk=pk).first()


def counted() -> QuerySet[Tag]:
    """All tags, each with how many `uses` it has."""
    return tags().annotate(uses=Count("taggings"))


def suggested(text: str, limit: int = 12) -> QuerySet[Tag]:
    """Tags whose name contains the text, those that begin with it first by their names' order."""
    return tags().filter(key__contains=text.strip().casefold())[:limit]


def of_ticket(ticket: Ticket) -> QuerySet[Tag]:
    """A ticket's tags by name."""
    return tags().filter(taggings__ticket=ticket)


def of_tickets(ticket_ids: Iterable[int]) -> dict[int, list[str]]:
    """The names of many tickets' tags, in one statement."""
    found: dict[int, list[str]] = {}
    pairs = Tagging.objects.filter(ticket_id__in=list(ticket_ids)).order_by("tag__key")
    for ticket_id, name in pairs.values_list("ticket_id", "tag__name"):
        found.setdefault(ticket_id, []).append(name)
    return found


def with_tags(tickets: list[Ticket]) -> list[Ticket]:
    """The same tickets with their tags at hand, read in one statement."""
    prefetch_related_objects(tickets, "tags")
    return tickets


def without_tags(tickets: Iterable[Ticket]) -> None:
    """Tickets that were written down just now are known to have none, without asking."""
    none = Tag.objects.none()
    for ticket in tickets:
        vars(ticket)["_prefetched_objects_cache"] = {"tags": none}
