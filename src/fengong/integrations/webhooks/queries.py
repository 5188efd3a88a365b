"""Named reads of endpoints and deliveries."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Count, QuerySet

from fengong.integrations.webhooks.models import Delivery, Endpoint


def endpoints() -> QuerySet[Endpoint]:
    """All endpoints by name, with who set them up."""
    return Endpoint.objects.select_related("creator").order_by("name")


def endpoint(pk: int) -> Endpoint | None:
    """One endpoint."""
    return endpoints().filter(pk=pk).first()


def counts(since: datetime) -> dict[int, dict[str, int]]:
    """How many deliveries are in which state since then, by endpoint, in one statement."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Delivery.objects.filter(created_at__gte=since).values_list("endpoint", "state")
    for endpoint, state, count in rows.annotate(count=Count("id")).order_by():
        found[endpoint][state] = count
    return found


def deliveries(of: Endpoint | None = None, *, state: str = "") -> QuerySet[Delivery]:
    """Messages, of one endpoint or all."""
    found = Delivery.objects.select_related("endpoint")
    if of is not None:
        found = found.filter(endpoint=of)
    return found.filter(state=state) if state else found


def delivery(pk: int) -> Delivery | None:
    """One message."""
    return Delivery.objects.select_related("endpoint").filter(pk=pk).first()
