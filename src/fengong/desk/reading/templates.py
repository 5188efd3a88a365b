"""Named reads of templates."""

from __future__ import annotations

from django.db.models import QuerySet

from fengong.desk.models import TicketTemplate


def templates() -> QuerySet[TicketTemplate]:
    """The templates that can be chosen, in their order."""
    return TicketTemplate.objects.filter(active=True).select_related("topic", "type")


def all_templates() -> QuerySet[TicketTemplate]:
    """All templates, those that were put away too."""
    return TicketTemplate.objects.select_related("topic", "type")


def template(pk: int) -> TicketTemplate | None:
    """One template."""
    return all_templates().filter(pk=pk).first()
