"""Verbs by which customers sign in: a link that is sent to their address, good for half an hour and once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.customers.events import CustomerSignedIn, LinkRequested
from fengong.customers.models import Contact, OutgoingNotice, SignInLink
from fengong.customers.policies import require_contact_keeper, require_link_giver
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import record

GOOD_FOR = timedelta(minutes=30)
MOST_LINKS = 3
"""Links sent to one address within a quarter of an hour; nobody can flood another's mailbox."""
WITHIN = timedelta(minutes=15)


def request_link(*, actor: Actor, email: str, at: datetime) -> None:
    """Have a link sent to this address. Whether anybody has it is not told: nothing is returned, nothing raised."""
    require_link_giver(actor)
    contact = Contact.objects.filter(email=email.strip().lower()).first()
    if contact is None:
        return
    with transaction.atomic():
        Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
        if SignInLink.objects.filter(contact=contact, made_at__gt=at - WITHIN).count() >= MOST_LINKS:
            return
        secret = _make(contact, actor, at)
        OutgoingNotice.objects.create(
            contact=contact,
            kind=OutgoingNotice.Kind.SIGN_IN,
            payload={"secret": secret},
            due_at=at,
            expires_at=at + GOOD_FOR,
        )


def give_link(*, actor: Actor, contact: Contact, at: datetime) -> str:
    """A link to hand over by another way than mail; returns its secret."""
    require_link_giver(actor)
    with transaction.atomic():
        return _make(contact, actor, at)


def sign_in_by_link(*, actor: Actor, secret: str, at: datetime) -> Contact:
    """Use a link up and return whose it is."""
    require_contact_keeper(actor)
    with transaction.atomic():
        link = (
            SignInLink.objects.select_for_update(no_key=True)
            .filter(digest=SignInLink.digest_of(secret))
            .first()
        )
        if link is None or not link.is_good(at):
            raise Conflict(_("This link has been used or is too old. Ask for a new one."), code="link_spent")
        link.used_at = at
        link.save(update_fields=["used_at"])
        contact = Contact.objects.get(pk=link.contact_id)
        record(CustomerSignedIn(customer=contact.pk), actor=contact, at=at)
    return contact


def _make(contact: Contact, actor: Actor, at: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        contact=contact, digest=SignInLink.digest_of(secret), made_at=at, expires_at=at + GOOD_FOR
    )
    record(LinkRequested(customer=contact.pk), actor=actor, at=at)
    return secret
