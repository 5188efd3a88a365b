"""Named reads of customers' records."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from fengong.customers.models import Contact, OutgoingNotice, SignInLink


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
    """Contacts whose name, address, number or organisation contains the text; all of them for no text."""
    if not text:
        return contacts()
    match = Q(display_name__icontains=text) | Q(email__icontains=text) | Q(organization__name__icontains=text)
    if len(digits := "".join(char for char in text if char.isascii() and char.isdigit())) > 3:
        match |= Q(phone__contains=digits)
    return contacts().filter(match)


def contacts_named(*, ids: Collection[int], emails: Collection[str]) -> QuerySet[Contact]:
    """The contacts with these ids or addresses, in no order, with their organisations."""
    by_id, by_email = Q(pk__in=set(ids)), Q(email__in=set(emails))
    wanted = by_id | by_email if ids and emails else by_email if emails else by_id
    return Contact.objects.select_related("organization").filter(wanted)


def contact_by_email(email: str) -> Contact | None:
    """The contact with this address, whatever its case."""
    return contacts().filter(email=email.strip().lower()).first()


def waiting_notices(*, at: datetime, limit: int = 100) -> QuerySet[OutgoingNotice]:
    """Notices that mail should take along now, oldest first; what has expired is left."""
    found = OutgoingNotice.objects.filter(sent_at__isnull=True, due_at__lte=at, expires_at__gt=at)
    return (
        found.filter(contact__email__isnull=False).select_related("contact").order_by("due_at", "id")[:limit]
    )


def sign_in_address(secret: str) -> str:
    """Where a sign-in link leads."""
    return f"{settings.PUBLIC_URL}/portal/enter/{secret}"


def link_is_good(secret: str, *, at: datetime) -> bool:
    """Whether somebody may still sign in with this."""
    link = SignInLink.objects.filter(digest=SignInLink.digest_of(secret)).first()
    return link is not None and link.is_good(at)
