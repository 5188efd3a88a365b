"""What is asked on the first run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fengong.kernel import zones
from fengong.people import queries as people
from fengong.people.actions.duty_templates import TEMPLATES
from fengong.web.settings.filing.forms import SettingForm

ROWS, MOST = 6, 40
TOPICS = {
    "zh": "账号与登录 | Accounts\n账单与发票 | Billing\n使用方法 | How to\n故障 | Faults",
    "en": "Accounts\nBilling\nHow to\nFaults",
}
"""What many desks are asked about, to be overwritten."""


class LanguageForm(SettingForm):
    """How the administrator reads."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, label=gettext_lazy("Language"))
    time_zone = forms.ChoiceField(
        choices=lambda: [(name, name) for name in zones.names()], label=gettext_lazy("Time zone")
    )


def _templates() -> list[tuple[str, str]]:
    zh = (get_language() or "").startswith("zh")
    known = [(slug, one.name_zh if zh else one.name_en) for slug, one in TEMPLATES.items()]
    return [*known, ("", _("none: positions are made by hand"))]


class TeamForm(SettingForm):
    """The first team, how work is divided in it, and what it is about."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name of the team"))
    template = forms.ChoiceField(
        choices=_templates, required=False, label=gettext_lazy("Divide the work as"), widget=forms.RadioSelect
    )
    publish = forms.BooleanField(
        required=False, initial=True, label=gettext_lazy("Its duties are in force from today on")
    )
    topics = forms.CharField(
        max_length=4000,
        required=False,
        label=gettext_lazy("Topics of the work, one a line"),
        help_text=gettext_lazy("Chinese | English, or one of them."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_topics(self) -> list[tuple[str, str]]:
        """Each line as names in Chinese and in English."""
        lines = [line.replace("｜", "|") for line in self.cleaned_data["topics"].splitlines() if line.strip()]
        return [_names(line) for line in lines[:MOST]]


class CrewForm(SettingForm):
    """A handful of people: name, address, position."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        positions = [("", "–"), *((one.pk, one.label) for one in people.positions())]
        for number in range(ROWS):
            self.fields[f"name_{number}"] = _text(_("Name"))
            self.fields[f"email_{number}"] = forms.EmailField(
                required=False, label=_("E-mail address"), widget=forms.EmailInput(attrs={"class": "input"})
            )
            self.fields[f"position_{number}"] = forms.TypedChoiceField(
                coerce=int,
                empty_value=None,
                required=False,
                choices=positions,
                label=_("Position"),
                widget=forms.Select(attrs={"class": "input"}),
            )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each person."""
        return [
            (self[f"name_{number}"], self[f"email_{number}"], self[f"position_{number}"])
            for number in range(ROWS)
        ]

    def clean(self) -> dict[str, Any]:
        """Whoever has a name has a position."""
        for number in range(ROWS):
            named = self.cleaned_data.get(f"name_{number}")
            if named and not self.cleaned_data.get(f"position_{number}"):
                self.add_error(f"position_{number}", _("Choose a position."))
        return self.cleaned_data

    def people(self) -> list[dict[str, Any]]:
        """Those who were named."""
        given = self.cleaned_data
        rows = [
            {part: given[f"{part}_{number}"] for part in ("name", "email", "position")}
            for number in range(ROWS)
        ]
        return [row for row in rows if row["name"].strip()]


def _text(label: str) -> forms.CharField:
    return forms.CharField(
        max_length=80, required=False, label=label, widget=forms.TextInput(attrs={"class": "input"})
    )


def _names(line: str) -> tuple[str, str]:
    """`账号 | Accounts`; a line in one language is the name in that one."""
    zh, bar, en = (part.strip() for part in line.partition("|"))
    if not bar and zh.isascii():
        return "", zh
    return zh, en
