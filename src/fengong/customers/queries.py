"""Named reads of customers' records."""

from __future__ import annotations

from django.db.models import QuerySet

from fengong.customers.models import Contact


def contacts() -> QuerySet[Contact]:
    """All contacts with their organisations."""
    return Contact.objects.select_related("organization__account_manager").order_by("display_name")


def contact(pk: int) -> Contact | None:
    """One contact."""
    return contacts().filter(pk=pk).first()
