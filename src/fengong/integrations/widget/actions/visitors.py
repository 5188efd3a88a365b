"""Verbs on visitors: greeting, knowing, hearing where to write to, noting that they are here."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.customers.actions.contacts import add_contact, give_address
from fengong.customers.models import Contact
from fengong.desk.actions.customers import name_customer
from fengong.integrations.widget.models import Visitor, Widget
from fengong.integrations.widget.policies import vouches
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied
from fengong.people.policies import require

HERE_FOR = timedelta(seconds=45)
"""How long a sign of life lasts; the window gives one every 20 seconds."""
TYPES_FOR = timedelta(seconds=6)


def greet_visitor(*, actor: Actor, widget: Widget, at: datetime) -> tuple[Visitor, str]:
    """A new visitor, and the secret that their browser keeps."""
    require(actor, "ticket.open")
    secret = secrets.token_urlsafe(32)
    visitor = Visitor.objects.create(
        widget=widget,
        digest=Visitor.digest_of(secret),
        made_at=at,
        last_seen_at=at,
        present_until=at + HERE_FOR,
    )
    return visitor, secret


def identify_visitor(
    *,
    actor: Actor,
    visitor: Visitor,
    identity: str,
    proof: str,
    at: datetime,
    email: str = "",
    name: str = "",
    language: str = "zh-hans",
) -> Visitor:
    """Believe a site that vouches for who its visitor is; the same person finds their talk again on any device."""
    require(actor, "ticket.open")
    if not vouches(visitor.widget, identity, proof):
        raise Denied(_("The site has not vouched for this visitor."), code="identity")
    with transaction.atomic():
        row = _locked(visitor)
        if row.identity == identity:
            return row
        known = (
            Visitor.objects.filter(widget=row.widget_id, identity=identity)
            .select_related("contact", "ticket")
            .order_by("-last_seen_at")
            .first()
        )
        row.identity = identity
        if known and row.ticket_id is None:
            row.contact, row.ticket, row.read, row.handed = (
                known.contact,
                known.ticket,
                known.read,
                known.handed,
            )
        row.contact = row.contact or add_contact(
            actor=actor, display_name=name or identity, language=language, at=at
        )
        row.save()
        return _addressed(row, email, name, at) if email else row


def take_address(
    *, actor: Actor, visitor: Visitor, email: str, at: datetime, name: str = "", language: str = "zh-hans"
) -> Visitor:
    """Write down where answers can be sent once the visitor has gone."""
    require(actor, "ticket.open")
    with transaction.atomic():
        row = _locked(visitor)
        contact_of(actor=actor, visitor=row, language=language, at=at)
        return _addressed(row, email, name, at)


def contact_of(*, actor: Actor, visitor: Visitor, at: datetime, language: str = "zh-hans") -> Contact:
    """Who a visitor is to the desk; somebody without a name until they give one."""
    require(actor, "ticket.open")
    if visitor.contact is None:
        nameless = _("Visitor %(number)s") % {"number": visitor.pk}
        visitor.contact = add_contact(actor=actor, display_name=nameless, language=language, at=at)
        visitor.save(update_fields=["contact"])
    return visitor.contact


def note_presence(
    *, actor: Actor, visitor: Visitor, at: datetime, read: int = 0, typing: bool = False, gone: bool = False
) -> None:
    """A sign of life from the window: shown up to which message, writing or not, or closed."""
    require(actor, "ticket.open")
    fresh = Visitor.objects.filter(pk=visitor.pk)
    fresh.update(
        last_seen_at=at,
        present_until=at if gone else at + HERE_FOR,
        typing_until=at + TYPES_FOR if typing and not gone else None,
    )
    if read:
        fresh.filter(read__lt=read).update(read=read)


def _locked(visitor: Visitor) -> Visitor:
    """The visitor as they are now, locked; before any ticket, which every other verb locks after."""
    Visitor.objects.select_for_update(no_key=True).filter(pk=visitor.pk).first()
    return Visitor.objects.select_related("widget", "contact", "ticket").get(pk=visitor.pk)


def _addressed(row: Visitor, email: str, name: str, at: datetime) -> Visitor:
    """Give the visitor's contact this address; where somebody has it already, they are taken to be that somebody."""
    contact = row.contact
    if contact is None or contact.email:
        return row
    known = give_address(actor=contact, contact=contact, email=email, display_name=name, at=at)
    row.contact = known
    row.save(update_fields=["contact"])
    if row.ticket and known.pk != contact.pk:
        row.ticket = name_customer(actor=contact, ticket=row.ticket, customer=known, at=at)
    return row
