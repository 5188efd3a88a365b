"""The desk's own fields as fields of a form; `field-` stands before their slugs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from fengong.desk.reading.fields import choice_label

PREFIX = "field-"


def form_fields(fields: Iterable[Any]) -> dict[str, forms.Field]:
    """One form field for each, by its name in the form. What fits is the verb's to say, so none is strict."""
    return {f"{PREFIX}{field.slug}": _form_field(field) for field in fields}


def values_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What was filled in, by slug; None where a field was left empty."""
    own = {name: value for name, value in cleaned.items() if name.startswith(PREFIX)}
    return {name.removeprefix(PREFIX): _plain(value) for name, value in own.items()}


def initial_of(values: dict[str, Any]) -> dict[str, Any]:
    """Stored values as the initial ones of a form."""
    return {f"{PREFIX}{slug}": value for slug, value in values.items()}


def _form_field(field: Any) -> forms.Field:
    offered = [(choice["value"], choice_label(choice)) for choice in field.choices]
    kinds: dict[str, forms.Field] = {
        "long": forms.CharField(widget=forms.Textarea(attrs={"rows": 3})),
        "number": forms.CharField(widget=forms.NumberInput(attrs={"step": "any"})),
        "date": forms.CharField(widget=forms.DateInput(attrs={"type": "date"})),
        "choice": forms.ChoiceField(choices=[("", "–"), *offered]),
        "choices": forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple),
        "checkbox": forms.BooleanField(),
        "link": forms.CharField(widget=forms.URLInput),
    }
    made = kinds.get(field.kind) or forms.CharField()
    made.required, made.label = False, field.label
    made.widget.is_required = False
    if field.required == "open":
        made.label = f"{field.label} *"
    if field.kind not in ("checkbox", "choices"):
        made.widget.attrs["class"] = "input"
    return made


def _plain(value: Any) -> Any:
    return None if value in ("", []) else value
