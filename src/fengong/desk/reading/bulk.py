"""Named reads of changes of many tickets at once."""

from __future__ import annotations

from django.db.models import QuerySet

from fengong.desk.models import BulkChange


def bulk_change(pk: int) -> BulkChange | None:
    """One change of many tickets."""
    return BulkChange.objects.select_related("member").filter(pk=pk).first()


def bulk_changes() -> QuerySet[BulkChange]:
    """All changes of many tickets, the newest first."""
    return BulkChange.objects.select_related("member").order_by("-id")
