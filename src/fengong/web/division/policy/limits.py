"""How many tickets members may have open at once: in all, and on each channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengong.planning.coverage.naming import CHANNEL_NAMES


class LimitsForm(forms.Form):
    """Limits of everybody; those of single positions stay as they were."""

    def __init__(self, data: Any, rules: Mapping[str, Any]) -> None:
        self.kept = [limit for limit in rules["limits"] if limit["positions"]]
        known = {limit["channel"]: limit["most"] for limit in rules["limits"] if not limit["positions"]}
        super().__init__(data, initial={self._field(channel): most for channel, most in known.items()})
        for channel, label in (("", _("In all")), *CHANNEL_NAMES.items()):
            field = forms.IntegerField(min_value=1, max_value=1000, required=False, label=label)
            field.widget.attrs |= {"class": "input"}
            self.fields[self._field(channel)] = field

    def wanted(self) -> list[dict[str, Any]]:
        """The limits as the rules have them."""
        given = {channel: self.cleaned_data[self._field(channel)] for channel in ("", *CHANNEL_NAMES)}
        said = [
            {"most": most, "channel": channel, "positions": []} for channel, most in given.items() if most
        ]
        return [*said, *self.kept]

    def _field(self, channel: str) -> str:
        return f"limit-{channel or 'all'}"
