"""Named reads of customers' records."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from fengong.customers.models import Contact


def contacts() -> QuerySet[Contact]:
    """All contacts with their organisations."""
    return Contact.objects.select_related("organization__account_manager").order_by("display_name")


def contact(pk: int) -> Contact | None:
    """One contact."""
    return contacts().filter(pk=pk).first()


def names(contact_ids: Iterable[int]) -> dict[int, str]:
    """Display names."""
    return dict(Contact.objects.filter(pk__in=contact_ids).values_list("pk", "display_name"))
