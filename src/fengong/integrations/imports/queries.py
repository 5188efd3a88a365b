"""Named reads of imports."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from fengong.integrations.imports.models import ImportRun, Refusal


def runs() -> QuerySet[ImportRun]:
    """All runs, the newest first, with how many records each refused."""
    found = ImportRun.objects.select_related("member").annotate(refused=Count("refusals"))
    return found.order_by("-started_at", "-id")


def run(pk: int) -> ImportRun | None:
    """One run."""
    return runs().filter(pk=pk).first()


def refusals(of: ImportRun) -> QuerySet[Refusal]:
    """What a run refused, by file and line."""
    return Refusal.objects.filter(run=of).order_by("file", "line", "id")
