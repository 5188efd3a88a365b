"""The form of a policy, one field for each dial; what has no field stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengong.planning.coverage.naming import CHANNEL_NAMES
from fengong.web.division.policy.dials import SECTIONS, Dial, value_at

LIMITS: dict[str, dict[str, Any]] = {
    "points": {"max_value": 10_000},
    "minutes": {"max_value": 10_080},
    "level": {"max_value": 1_000},
    "share": {"max_value": 100},
}


class PolicyForm(forms.Form):
    """The dials and a note on why they are so."""

    note = forms.CharField(
        max_length=500,
        required=False,
        label=_("Why"),
        help_text=_("A line for those who read the history."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def __init__(self, data: Any = None, *, rules: Mapping[str, Any], note: str = "") -> None:
        super().__init__(data, initial={"note": note} | _initial(rules))
        self.rules = rules
        for section in SECTIONS:
            for dial in section.dials:
                self.fields[dial.field] = _field(dial)

    def sections(self) -> Iterator[tuple[Any, list[tuple[Dial, Any]]]]:
        """Each section with its dials and their fields."""
        for section in SECTIONS:
            yield section, [(dial, self[dial.field]) for dial in section.dials]

    def wanted(self) -> dict[str, Any]:
        """The rules as the form says them."""
        found = deepcopy(dict(self.rules))
        for section in SECTIONS:
            for dial in section.dials:
                _put(found, dial.path, _stored(dial, self.cleaned_data[dial.field]))
        return found


def _field(dial: Dial) -> forms.Field:
    if dial.kind == "yes":
        return forms.BooleanField(required=False, label=dial.label, help_text=dial.help)
    if dial.kind == "channels":
        return forms.MultipleChoiceField(
            choices=list(CHANNEL_NAMES.items()),
            required=False,
            label=dial.label,
            help_text=dial.help,
            widget=forms.SelectMultiple(attrs={"class": "input", "size": 3}),
        )
    kind = forms.IntegerField if dial.kind == "count" else forms.FloatField
    limits = LIMITS.get(dial.kind, {"max_value": 1_000})
    field = kind(min_value=0, required=not dial.endless, label=dial.label, help_text=dial.help, **limits)
    field.widget.attrs |= {"class": "input", "step": "1" if dial.kind == "count" else "any"}
    return field


def _initial(rules: Mapping[str, Any]) -> dict[str, Any]:
    dials = (dial for section in SECTIONS for dial in section.dials)
    return {dial.field: _typed(dial, value_at(rules, dial.path)) for dial in dials}


def _typed(dial: Dial, value: Any) -> Any:
    if dial.kind == "share":
        return round(100 * value, 1)
    if isinstance(value, float) and value == int(value):
        return int(value)
    return value


def _stored(dial: Dial, value: Any) -> Any:
    return value / 100 if dial.kind == "share" else value


def _put(rules: dict[str, Any], path: str, value: Any) -> None:
    *above, last = path.split(".")
    place: Any = rules
    for part in above:
        place = place[part]
    place[int(last) if isinstance(place, list) else last] = value


class WhatIfForm(forms.Form):
    """Over which stretch of the past, and how often."""

    days = forms.TypedChoiceField(
        choices=((30, _("the last 30 days")), (7, _("the last 7 days")), (90, _("the last 90 days"))),
        coerce=int,
        label=_("Over"),
    )
    seeds = forms.TypedChoiceField(
        choices=((20, "20"), (10, "10"), (50, "50")), coerce=int, label=_("Runs of each side")
    )
