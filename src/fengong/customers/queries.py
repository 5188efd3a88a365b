"""Named reads of customers' records."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

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


def search(text: str) -> QuerySet[Contact]:
    """Contacts whose name, address or organisation contains the text; all of them for no text."""
    if not text:
        return contacts()
    match = Q(display_name__icontains=text) | Q(email__icontains=text) | Q(organization__name__icontains=text)
    return contacts().filter(match)


def contacts_named(*, ids: Iterable[int], emails: Iterable[str]) -> QuerySet[Contact]:
    """The contacts with these ids or addresses."""
    return contacts().filter(Q(pk__in=set(ids)) | Q(email__in=set(emails)))
