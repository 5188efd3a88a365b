"""Verbs on contacts."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.customers.events import AddressGiven, ContactAdded
from fengong.customers.models import Contact, Organization
from fengong.customers.policies import require_contact_keeper, require_self
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


def add_contact(
    *, actor: Actor, display_name: str, at: datetime, language: str = "zh-hans", phone: str = ""
) -> Contact:
    """Write down somebody who has left no address yet, such as who chats or calls."""
    require_contact_keeper(actor)
    with transaction.atomic():
        contact = Contact.objects.create(
            display_name=display_name.strip()[:120], language=language, phone=phone.strip()[:40]
        )
        record(ContactAdded(customer=contact.pk, organization=None), actor=actor, at=at)
    return contact


def find_or_add_caller(
    *,
    actor: Actor,
    at: datetime,
    phone: str = "",
    email: str = "",
    display_name: str = "",
    organization: str = "",
) -> Contact:
    """Who called: found by their address, else by their number however it is written, else added by name."""
    require_contact_keeper(actor)
    number = bare_number(phone)
    if email.strip():
        contact = find_or_add_contact(
            actor=actor, email=email, display_name=display_name, organization=organization, at=at
        )
        if number and not contact.phone:
            contact.phone = number
            contact.save(update_fields=["phone"])
        return contact
    if number and (known := Contact.objects.filter(phone=number).order_by("pk").first()):
        return known
    if not (display_name.strip() or number):
        raise Invalid(_("Write down who called: a name, a number or an address."), field="name")
    return add_contact(actor=actor, display_name=display_name.strip() or number, phone=number, at=at)


def bare_number(phone: str) -> str:
    """A telephone number as it is kept: digits, with the plus sign of a country before them."""
    digits = "".join(char for char in phone if char.isascii() and char.isdigit())
    return ("+" if phone.strip().startswith(("+", "＋")) else "") + digits[:30] if digits else ""


def give_address(
    *, actor: Actor, contact: Contact, email: str, at: datetime, display_name: str = ""
) -> Contact:
    """Write down the address a contact without one gives; where somebody has it already, return that contact."""
    require_self(actor, contact)
    email, name = _clean(email), display_name.strip()[:120] or contact.display_name
    try:
        with transaction.atomic():
            fresh = Contact.objects.filter(pk=contact.pk, email__isnull=True)
            if fresh.update(email=email, display_name=name):
                record(AddressGiven(customer=contact.pk), actor=actor, at=at)
    except IntegrityError:
        return Contact.objects.get(email=email)
    return Contact.objects.get(pk=contact.pk)


def choose_language(*, actor: Actor, contact: Contact, language: str, at: datetime) -> Contact:
    """The language a contact wants to be written to in."""
    require_self(actor, contact)
    contact.language = language
    contact.save(update_fields=["language"])
    return contact


def _clean(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(_("“%(email)s” is not an e-mail address.") % {"email": email}, field="email") from error
    return email
