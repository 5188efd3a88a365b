"""Verbs by which administrators say which types and fields tickets have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.desk.facts import FieldDefined, TypeDefined
from fengong.desk.models import Field, TicketType
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.policies import require

MOST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class FieldWanted:
    """What a field should be. `choices` are {"value", "zh", "en"}; the kind of one in use stays as it is."""

    slug: str
    kind: str
    name_zh: str = ""
    name_en: str = ""
    choices: Sequence[dict[str, str]] = ()
    required: str = ""
    visible_to_customers: bool = False
    editable_by_customers: bool = False
    active: bool = True
    position: int = 0


def define_type(
    *,
    actor: Actor,
    slug: str,
    at: datetime,
    name_zh: str = "",
    name_en: str = "",
    children_first: bool = False,
    active: bool = True,
    position: int = 0,
    type: TicketType | None = None,
) -> TicketType:
    """Add a type of tickets, or change the one given."""
    require(actor, "desk.configure")
    row = type or TicketType()
    row.slug = _checked_slug(slug)
    row.name_zh, row.name_en = _checked_names(name_zh, name_en)
    row.children_first, row.active, row.position = children_first, active, position
    with transaction.atomic():
        _save(row)
        record(TypeDefined(type=row.pk, slug=row.slug), actor=actor, at=at)
    return row


def define_field(
    *,
    actor: Actor,
    wanted: FieldWanted,
    at: datetime,
    types: Iterable[TicketType] = (),
    field: Field | None = None,
) -> Field:
    """Add a field of tickets, or change the one given; without types every ticket has it."""
    require(actor, "desk.configure")
    row = field or Field(kind=wanted.kind)
    if wanted.kind not in Field.Kind.values or wanted.required not in Field.Required.values:
        raise Invalid(_("There is no such kind of field."), field="kind")
    if row.pk and (row.kind, row.slug) != (wanted.kind, wanted.slug):
        raise Conflict(_("The kind and the short name of a field stay; add another field instead."))
    row.slug = _checked_slug(wanted.slug)
    row.name_zh, row.name_en = _checked_names(wanted.name_zh, wanted.name_en)
    row.choices = checked_choices(wanted.kind, wanted.choices)
    row.required, row.active, row.position = wanted.required, wanted.active, wanted.position
    row.visible_to_customers = wanted.visible_to_customers or wanted.editable_by_customers
    row.editable_by_customers = wanted.editable_by_customers
    with transaction.atomic():
        _save(row)
        row.types.set(types)
        record(FieldDefined(field=row.pk, slug=row.slug), actor=actor, at=at)
    return row


def checked_choices(kind: str, choices: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The choices of a field, each once; only fields that offer some have any."""
    if kind not in (Field.Kind.CHOICE, Field.Kind.CHOICES):
        return []
    kept: dict[str, dict[str, str]] = {}
    for choice in choices:
        value = choice.get("value", "").strip()[:80]
        if value and value not in kept:
            kept[value] = {
                "value": value,
                "zh": choice.get("zh", "").strip()[:120],
                "en": choice.get("en", "").strip()[:120],
            }
    if not 1 <= len(kept) <= MOST_CHOICES:
        raise Invalid(_("Give between 1 and %(most)s choices.") % {"most": MOST_CHOICES}, field="choices")
    return list(kept.values())


def _checked_slug(slug: str) -> str:
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise Invalid(
            _("The short name is of letters, digits, hyphens and underscores."), field="slug"
        ) from error
    return slug[:50]


def _checked_names(name_zh: str, name_en: str) -> tuple[str, str]:
    if not (name_zh.strip() or name_en.strip()):
        raise Invalid(_("Give it a name in Chinese or English."), field="name_en")
    return name_zh.strip()[:120], name_en.strip()[:120]


def _save(row: Any) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("The short name “%(slug)s” is taken.") % {"slug": row.slug}, field="slug") from error
