"""The desk's own fields, as far as they are for customers: asked in the forms, shown on the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from fengong.desk.reading import fields as reading

PREFIX = "own-"
INPUTS = {"text": "text", "number": "number", "date": "date", "link": "url"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field in a form, with what was typed there."""

    field: Any
    value: Any

    @property
    def name(self) -> str:
        """Its name in the form."""
        return f"{PREFIX}{self.field.slug}"

    @property
    def input(self) -> str:
        """The kind of input; blank where it is no plain one."""
        return INPUTS.get(self.field.kind, "")

    @property
    def is_needed(self) -> bool:
        """Whether a new ticket needs it."""
        return bool(self.field.required == "open")

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """What can be chosen: value, label, whether it is."""
        chosen = self.value if isinstance(self.value, list) else [self.value]
        return [
            (choice["value"], reading.choice_label(choice), choice["value"] in chosen)
            for choice in self.field.choices
        ]


def asked(data: QueryDict | None = None) -> list[Asked]:
    """The fields that a customer fills in when writing in."""
    found = reading.fields_of(None).filter(editable_by_customers=True)
    return [Asked(field, _given(field, data)) for field in found]


def values(data: QueryDict) -> dict[str, Any]:
    """What was filled in, by slug, as the verb takes it."""
    return {each.field.slug: each.value for each in asked(data)}


def _given(field: Any, data: QueryDict | None) -> Any:
    name = f"{PREFIX}{field.slug}"
    if field.kind == "choices":
        return data.getlist(name) if data else []
    if field.kind == "checkbox":
        return bool(data and data.get(name))
    return data.get(name, "") if data else ""
