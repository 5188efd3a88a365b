"""Verbs on contacts."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from fengong.customers.events import ContactAdded
from fengong.customers.models import Contact, Organization
from fengong.customers.policies import require_contact_keeper
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record


def find_or_add_contact(
    *,
    actor: Actor,
    email: str,
    at: datetime,
    display_name: str = "",
    language: str = "zh-hans",
    organization: str = "",
    grade: str = Organization.Grade.STANDARD,
) -> Contact:
    """The contact with this address, added when new. The organisation is found or added by its name."""
    require_contact_keeper(actor)
    email = _clean(email)
    found = Contact.objects.select_related("organization").filter(email=email).first()
    if found:
        return found
    with transaction.atomic():
        company = None
        if organization:
            company, _created = Organization.objects.get_or_create(
                name=organization, defaults={"grade": grade}
            )
        contact, created = Contact.objects.get_or_create(
            email=email,
            defaults={
                "display_name": display_name.strip() or email.partition("@")[0],
                "language": language,
                "organization": company,
            },
        )
        if created:
            fact = ContactAdded(customer=contact.pk, organization=company.pk if company else None)
            record(fact, actor=actor, at=at)
    return contact


def _clean(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(_("“%(email)s” is not an e-mail address.") % {"email": email}, field="email") from error
    return email
