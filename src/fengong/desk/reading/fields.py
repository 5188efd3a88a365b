"""Named reads of types and of the desk's own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from fengong.desk.models import Field, Ticket, TicketType

EMPTY: tuple[Any, ...] = (None, "", [], False)
"""Values that count as not filled in; an unticked box is no answer where one is needed."""


def types() -> QuerySet[TicketType]:
    """The types a ticket can be given."""
    return TicketType.objects.filter(active=True)


def all_types() -> QuerySet[TicketType]:
    """All types, those that were put away too."""
    return TicketType.objects.all()


def ticket_type(pk: int) -> TicketType | None:
    """One type."""
    return TicketType.objects.filter(pk=pk).first()


def fields() -> QuerySet[Field]:
    """All fields in use, with the types they belong to."""
    return Field.objects.filter(active=True).prefetch_related("types")


def all_fields() -> QuerySet[Field]:
    """All fields, those that were put away too."""
    return Field.objects.prefetch_related("types")


def field(pk: int) -> Field | None:
    """One field."""
    return all_fields().filter(pk=pk).first()


def fields_of(type_id: int | None) -> QuerySet[Field]:
    """The fields of a ticket of this type: its own, and those of every ticket."""
    anybody = Q(types__isnull=True)
    own = Q(types=type_id) if type_id else Q()
    found = Field.objects.filter(anybody | own if type_id else anybody, active=True)
    return found.distinct().order_by("position", "id")


def missing(ticket: Ticket, when: str) -> list[Field]:
    """The fields that a ticket needs by then and that are not filled in."""
    needed = fields_of(ticket.type_id).filter(required=when)
    return [field for field in needed if ticket.fields.get(field.slug) in EMPTY]


@dataclass(frozen=True)
class Filled:
    """A field with what a ticket has there."""

    field: Field
    value: Any

    @property
    def shown(self) -> str:
        """The value in words of the reader's language."""
        values = self.value if isinstance(self.value, list) else [self.value]
        return " · ".join(self._word(value) for value in values if value not in EMPTY)

    def _word(self, value: Any) -> str:
        named = {choice["value"]: choice for choice in self.field.choices}
        if value is True:
            return "✓"
        return choice_label(named[value]) if value in named else str(value)


def filled(ticket: Ticket, *, for_customer: bool = False) -> list[Filled]:
    """A ticket's fields in order, filled in or not; for a customer those that they may see."""
    found = fields_of(ticket.type_id)
    if for_customer:
        found = found.filter(visible_to_customers=True)
    return [Filled(field, ticket.fields.get(field.slug)) for field in found]


def choice_label(choice: dict[str, str]) -> str:
    """A choice in the reader's language."""
    bare = TicketType(name_zh=choice.get("zh", ""), name_en=choice.get("en", ""))
    return bare.label or choice["value"]
