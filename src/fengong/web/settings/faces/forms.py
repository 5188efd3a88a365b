"""What administrators say of chat windows and surveys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WAYS = (
    ("mail", pgettext_lazy("survey", "By mail")),
    ("portal", pgettext_lazy("survey", "On the ticket in the portal")),
    ("widget", pgettext_lazy("survey", "In the chat")),
)
POSITIONS = (
    ("right", pgettext_lazy("widget", "Right below")),
    ("left", pgettext_lazy("widget", "Left below")),
)
LANGUAGES = (("", pgettext_lazy("widget", "The visitor's")), ("zh-hans", "简体中文"), ("en", "English"))
KINDS = (
    ("csat", pgettext_lazy("survey", "Satisfaction after a ticket is closed (CSAT)")),
    ("nps", pgettext_lazy("survey", "Recommendation, asked every so often (NPS)")),
)
FOLLOW_UPS = (
    ("none", pgettext_lazy("survey", "Nothing")),
    ("note", pgettext_lazy("survey", "A note on the ticket, and the lead follows it")),
    ("ticket", pgettext_lazy("survey", "A ticket of its own, and the lead follows it")),
)


def _text(label: Any, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2, "class": "input"})
    return forms.CharField(max_length=300, required=False, label=label, widget=area, **more)


class WidgetForm(forms.Form):
    """A chat window."""

    name = forms.CharField(max_length=80, label=_("Name"), help_text=_("Visitors read it above the chat."))
    origins = forms.CharField(
        required=False,
        label=_("Sites that may show it"),
        help_text=_("One a line, such as https://shop.example. On other sites the chat stays away."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
    )
    colour = forms.CharField(
        label=_("Colour"), widget=forms.TextInput(attrs={"type": "color"}), initial="#0f766e"
    )
    position = forms.ChoiceField(choices=POSITIONS, label=_("Place"))
    language = forms.ChoiceField(choices=LANGUAGES, required=False, label=_("Language"))
    greeting_zh = _text(_("First words in Chinese"))
    greeting_en = _text(_("First words in English"))
    away_zh = _text(_("What is said in Chinese while nobody is online"))
    away_en = _text(_("What is said in English while nobody is online"))
    away_minutes = forms.IntegerField(
        min_value=0,
        max_value=1440,
        initial=2,
        label=_("Minutes after which answers go by mail"),
        help_text=_("Counted from when the visitor has gone; only to visitors who left an address."),
    )
    active = forms.BooleanField(required=False, initial=True, label=_("In use"))

    @property
    def values(self) -> dict[str, Any]:
        """What was said, as the verb takes it."""
        return {**self.cleaned_data, "origins": self.cleaned_data["origins"].split()}


class SurveyForm(forms.Form):
    """A survey; its kind is chosen once."""

    kind = forms.ChoiceField(choices=KINDS, label=_("Kind"))
    name = forms.CharField(max_length=80, label=_("Name"))
    question_zh = _text(_("Question in Chinese"))
    question_en = _text(_("Question in English"))
    ways = forms.MultipleChoiceField(
        choices=WAYS, widget=forms.CheckboxSelectMultiple, label=_("How it is asked")
    )
    condition = forms.CharField(
        max_length=500,
        required=False,
        label=_("Only for tickets that match"),
        help_text=_(
            "A query, as in the list of tickets. Empty means all. Recommendation looks at no ticket."
        ),
    )
    delay_minutes = forms.IntegerField(
        min_value=0, max_value=100_000, initial=30, label=_("Minutes after closing")
    )
    repeat_days = forms.IntegerField(
        min_value=0,
        max_value=3650,
        initial=30,
        label=_("Days until a customer is asked again"),
        help_text=_("For recommendation: how often it is asked."),
    )
    low = forms.IntegerField(
        min_value=0,
        max_value=9,
        initial=2,
        label=_("Scores up to this one are low"),
        help_text=_("CSAT 1–5, NPS 0–10."),
    )
    follow_up = forms.ChoiceField(choices=FOLLOW_UPS, label=_("What a low score leads to"), initial="note")
    active = forms.BooleanField(required=False, initial=True, label=_("In use"))

    def __init__(self, *args: Any, kind: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        if kind:
            del self.fields["kind"]


class LinkForm(forms.Form):
    """For whom a sign-in link is to be made."""

    email = forms.EmailField(max_length=254, label=_("E-mail address"))
