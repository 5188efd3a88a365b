"""Verbs on a ticket's type and fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.locking import changed, locked
from fengong.desk.actions.values import checked_value
from fengong.desk.facts import FieldsSet, TypeSet
from fengong.desk.models import Ticket, TicketType
from fengong.desk.policies import require_reading
from fengong.desk.reading import fields as reading
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.spine import record
from fengong.people.policies import require


def set_type(
    *, actor: Actor, ticket: Ticket, type: TicketType | None, at: datetime, seen: int | None = None
) -> Ticket:
    """Say what sort of matter a ticket is; None takes its type away. Values of other types' fields are kept."""
    require(actor, "ticket.work")
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        wanted = type.pk if type else None
        if row.type_id == wanted:
            return row
        if type is not None and not type.active:
            raise Invalid(_("This type is not used any more."), field="type")
        previous, row.type = row.type_id, type
        changed(row, "type", at=at)
        record(TypeSet(ticket=row.pk, type=wanted, previous=previous), actor=actor, at=at)
    return row


def set_fields(
    *,
    actor: Actor,
    ticket: Ticket,
    values: Mapping[str, Any],
    at: datetime,
    seen: int | None = None,
) -> Ticket:
    """Fill in fields by slug; those not named stay as they are, None empties one. All fit or none is stored.

    A customer fills in only the fields of their own ticket that are open to them.
    """
    require_reading(actor, ticket)
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        given = checked_values(actor=actor, type_id=row.type_id, values=values, at=at)
        kept = {slug: value for slug, value in {**row.fields, **given}.items() if value is not None}
        touched = sorted(slug for slug in given if row.fields.get(slug) != given[slug])
        if not touched:
            return row
        row.fields = kept
        changed(row, "fields", at=at)
        record(FieldsSet(ticket=row.pk, changed=", ".join(touched)), actor=actor, at=at)
    return row


def filled(*, actor: Actor, type_id: int | None, values: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """What a new ticket of this type begins with; Invalid where something is missing that it needs."""
    given = checked_values(actor=actor, type_id=type_id, values=values, at=at)
    for field in reading.fields_of(type_id).filter(required="open"):
        asked = field.editable_by_customers or actor.may("ticket.work")
        if asked and given.get(field.slug) in reading.EMPTY:
            raise Invalid(_("%(field)s is needed.") % {"field": field.label}, field=f"fields.{field.slug}")
    return {slug: value for slug, value in given.items() if value is not None}


def checked_values(
    *, actor: Actor, type_id: int | None, values: Mapping[str, Any], at: datetime
) -> dict[str, Any]:
    """The values as they are stored, for a ticket of this type, None for what is emptied."""
    known = {field.slug: field for field in reading.fields_of(type_id)}
    at_desk = actor.may("ticket.work")
    given: dict[str, Any] = {}
    for slug, value in values.items():
        field = known.get(slug)
        if field is None:
            raise Invalid(
                _("A ticket of this type has no field “%(slug)s”.") % {"slug": slug}, field=f"fields.{slug}"
            )
        if not at_desk and not field.editable_by_customers:
            raise Denied(_("Only the desk may change this."))
        given[slug] = checked_value(field, value)
    return given
