"""Named reads of what-ifs."""

from __future__ import annotations

from django.db.models import QuerySet

from fengong.planning.models import Comparison


def comparisons() -> QuerySet[Comparison]:
    """All what-ifs, the newest first, without what they found."""
    found = Comparison.objects.select_related("member").defer("before", "after", "found")
    return found.order_by("-asked_at", "-id")


def comparison(pk: int) -> Comparison | None:
    """One what-if, whole."""
    return Comparison.objects.select_related("member").filter(pk=pk).first()
