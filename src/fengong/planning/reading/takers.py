"""Who the desk's effort goes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet, Sum

from fengong.desk.models import Ticket

MEASURED = 28
"""Days."""


@dataclass(frozen=True, slots=True)
class Taker:
    """A customer, or an organisation with all its people, and the effort their tickets took."""

    name: str
    tickets: int
    minutes: int
    open: int
    share: float


def takers(at: datetime, *, days: int = MEASURED, limit: int = 20) -> list[Taker]:
    """Who the desk's effort of the last days went to, the most first."""
    since = Ticket.objects.filter(opened_at__gte=at - days * timedelta(days=1), opened_at__lte=at).order_by()
    total = since.aggregate(all=Sum("effort", default=0))["all"]
    firms = _summed(since.filter(customer__organization__isnull=False), "customer__organization__name", limit)
    people = _summed(since.filter(customer__organization__isnull=True), "customer__display_name", limit)
    rows = sorted([*firms, *people], key=lambda row: -row[2])[:limit]
    return [
        Taker(name, tickets, minutes, held, minutes / total if total else 0.0)
        for name, tickets, minutes, held in rows
    ]


def _summed(tickets: QuerySet[Ticket], name: str, limit: int) -> list[tuple[str, int, int, int]]:
    """Name, tickets, minutes and minutes held of each, the most first; people of one name are kept apart."""
    by = ("customer__organization",) if "organization" in name else ("customer",)
    grouped = tickets.values(*by).annotate(count=Count("pk"), took=Sum("effort"), holds=Sum("held"))
    found = grouped.order_by("-took").values_list(name, "count", "took", "holds")[:limit]
    return list(found)
