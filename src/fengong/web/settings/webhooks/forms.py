"""What people say of an endpoint, and how they narrow its deliveries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengong.integrations.webhooks.kinds import KINDS

FORMATS = (
    ("plain", pgettext_lazy("webhook", "Plain JSON")),
    ("cloudevents", pgettext_lazy("webhook", "CloudEvents 1.0")),
)
STATES = (
    ("", _("All states")),
    ("waiting", pgettext_lazy("delivery", "Waiting")),
    ("done", pgettext_lazy("delivery", "Delivered")),
    ("failed", pgettext_lazy("delivery", "Given up")),
    ("cancelled", pgettext_lazy("delivery", "Cancelled")),
)


class EndpointForm(forms.Form):
    """An endpoint: its name, by which rules call it, its address, and what it hears."""

    name = forms.CharField(max_length=120, label=_("Name"), help_text=_("Rules call it by this name."))
    url = forms.CharField(
        max_length=2000,
        label=_("Address"),
        widget=forms.URLInput(attrs={"placeholder": "https://…", "autocomplete": "off"}),
    )
    events = forms.MultipleChoiceField(
        choices=[(kind, label) for kind, label in KINDS.items()],
        widget=forms.CheckboxSelectMultiple,
        label=_("It is told when"),
        error_messages={"required": _("Choose at least one event.")},
    )
    format = forms.ChoiceField(choices=FORMATS, label=_("Format"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("name", "url", "format"):
            self.fields[name].widget.attrs["class"] = "input"


class DeliveriesForm(forms.Form):
    """Which deliveries; it stands in the URL."""

    state = forms.ChoiceField(choices=STATES, required=False)
    after = forms.IntegerField(min_value=1, max_value=2**62, required=False)
