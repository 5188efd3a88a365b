"""The verb that writes down many contacts at once, as another desk knew them; nobody is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from fengong.customers.events import ContactAdded
from fengong.customers.models import Contact, Organization
from fengong.kernel.actor import Actor
from fengong.kernel.spine import Fact, record_all
from fengong.people.policies import require

LONGEST_NAME = 120
LONGEST_COMPANY = 160


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody as the other desk knew them; an address that is none is left out."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = ""
    organization: str = ""


def bring_in_contacts(*, actor: Actor, people: Sequence[KnownPerson], at: datetime) -> list[Contact]:
    """The contacts of these people, found by address or added, in the order given; all or none."""
    require(actor, "desk.configure")
    emails = [_address(person.email) for person in people]
    with transaction.atomic():
        known = {contact.email: contact for contact in Contact.objects.filter(email__in=set(emails) - {None})}
        companies = _companies({person.organization[:LONGEST_COMPANY] for person in people} - {""})
        added: list[Contact] = []
        found: list[Contact] = []
        for person, email in zip(people, emails, strict=True):
            contact = known.get(email) if email else None
            if contact is None:
                contact = _contact(person, email, companies)
                added.append(contact)
                if email:
                    known[email] = contact
            found.append(contact)
        Contact.objects.bulk_create(added)
        facts: list[tuple[Fact, Actor]] = [
            (ContactAdded(customer=contact.pk, organization=contact.organization_id), actor)
            for contact in added
        ]
        record_all(facts, at=at)
    return found


def _address(email: str) -> str | None:
    cleaned = email.strip().lower()
    try:
        validate_email(cleaned)
    except ValidationError:
        return None
    return cleaned


def _companies(names: set[str]) -> dict[str, Organization]:
    known = {company.name: company for company in Organization.objects.filter(name__in=names)}
    added = [Organization(name=name) for name in sorted(names - known.keys())]
    Organization.objects.bulk_create(added)
    return known | {company.name: company for company in added}


def _contact(person: KnownPerson, email: str | None, companies: dict[str, Organization]) -> Contact:
    name = person.name.strip() or (email or "").partition("@")[0] or person.phone.strip() or "–"
    return Contact(
        display_name=name[:LONGEST_NAME],
        email=email,
        phone=person.phone.strip()[:40],
        language="en" if person.language.casefold().startswith("en") else "zh-hans",
        organization=companies.get(person.organization[:LONGEST_COMPANY]),
    )
