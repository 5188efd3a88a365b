"""What people say of a saved view."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SORTS = (
    ("due", pgettext_lazy("order of a list", "Nearest promise first")),
    ("newest", pgettext_lazy("order of a list", "Newest first")),
    ("oldest", pgettext_lazy("order of a list", "Oldest first")),
    ("waiting", pgettext_lazy("order of a list", "Longest waiting first")),
)
MINE = ("me", pgettext_lazy("who sees a view", "Only me"))
SHARED = (
    ("team", pgettext_lazy("who sees a view", "My team")),
    ("all", pgettext_lazy("who sees a view", "Everybody")),
)


class ViewForm(forms.Form):
    """A view: its name, its query, its order and who sees it. Who may not share views keeps them to themselves."""

    name = forms.CharField(max_length=60, label=_("Name"))
    query = forms.CharField(
        max_length=2000,
        label=_("Query"),
        help_text=_("As in the search box of the list: status:open priority>=high -tag:vip"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    sort = forms.ChoiceField(choices=SORTS, initial="due", required=False, label=_("Order"))
    audience = forms.ChoiceField(choices=[MINE], initial="me", required=False, label=_("Who sees it"))

    def __init__(self, *given: Any, member: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if member.may("desk.curate"):
            self.fields["audience"] = forms.ChoiceField(
                choices=[MINE, *SHARED], initial="me", required=False, label=_("Who sees it")
            )
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


def audience_of(view: Any) -> str:
    """Who sees a view, as the form says it."""
    if view.member_id:
        return "me"
    return "team" if view.team_id else "all"
