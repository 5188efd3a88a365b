"""What people say of a macro."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WRITES = (
    ("reply", pgettext_lazy("macro", "Reply")),
    ("note", pgettext_lazy("macro", "Internal note")),
)
MINE = ("me", pgettext_lazy("who has a macro", "Only me"))
ALL = ("all", pgettext_lazy("who has a macro", "Everybody"))


class MacroForm(forms.Form):
    """A macro: its name, its text in one or both languages, and who may use it."""

    name_zh = forms.CharField(max_length=120, required=False, label=_("Name in Chinese"))
    name_en = forms.CharField(max_length=120, required=False, label=_("Name in English"))
    writes = forms.ChoiceField(choices=WRITES, label=_("It writes"))
    body_zh = forms.CharField(
        max_length=10_000,
        required=False,
        label=_("Text in Chinese"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    body_en = forms.CharField(
        max_length=10_000,
        required=False,
        label=_("Text in English"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    audience = forms.ChoiceField(choices=[MINE], label=_("Who may use it"))
    position = forms.IntegerField(
        min_value=0, max_value=9999, initial=0, required=False, label=_("Place in the list")
    )

    def __init__(self, *given: Any, member: Any, teams: Any = (), **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [MINE]
        if member.may("desk.curate"):
            choices = [ALL, *((str(team.pk), team.label) for team in teams), MINE]
        self.fields["audience"] = forms.ChoiceField(choices=choices, label=_("Who may use it"))
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


def audience_of(macro: Any) -> str:
    """Who may use a macro, as the form says it."""
    if macro.member_id:
        return "me"
    return str(macro.team_id) if macro.team_id else "all"
