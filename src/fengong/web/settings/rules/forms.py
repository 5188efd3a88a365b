"""What people say of a rule, and how they narrow its log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengong.automation.occasions import CLOCKS, OCCASIONS
from fengong.automation.rehearsal import SPANS
from fengong.web.settings.promises.forms import Minutes

WHEN = (
    ("event", pgettext_lazy("rule", "When something happens")),
    ("time", pgettext_lazy("rule", "When time has passed")),
)
STATES = (
    ("", _("All outcomes")),
    ("done", pgettext_lazy("rule run", "Done")),
    ("partly", pgettext_lazy("rule run", "Partly refused")),
    ("refused", pgettext_lazy("rule run", "Refused")),
    ("looped", pgettext_lazy("rule run", "Stopped: rules set each other off")),
    ("too_many", pgettext_lazy("rule run", "Stopped: too often on one ticket")),
)
FAR = 2**62


class RuleForm(forms.Form):
    """A rule: when it looks, at which tickets, and in what order. Its deeds stand in a builder beside it."""

    name_zh = forms.CharField(max_length=120, required=False, label=_("Name in Chinese"))
    name_en = forms.CharField(max_length=120, required=False, label=_("Name in English"))
    when = forms.ChoiceField(
        choices=WHEN, initial="event", widget=forms.RadioSelect, label=pgettext_lazy("rule", "When")
    )
    events = forms.MultipleChoiceField(
        choices=[(name, known.label) for name, known in OCCASIONS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("What happens"),
    )
    minutes = Minutes(label=_("How long"), help_text=_("Such as 30m, 4h or 2d."))
    clock = forms.ChoiceField(choices=CLOCKS, required=False, label=_("Of what"))
    condition = forms.CharField(max_length=2000, required=False, label=_("Only tickets for which this holds"))
    position = forms.IntegerField(
        min_value=0,
        max_value=9999,
        initial=0,
        required=False,
        label=_("Order"),
        help_text=_("Rules are asked from the smallest number on."),
    )
    stops = forms.BooleanField(required=False, label=_("After it has acted, later rules are not asked"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("name_zh", "name_en", "clock", "position"):
            self.fields[name].widget.attrs["class"] = "input"


class LogForm(forms.Form):
    """Which part of the log; it stands in the URL."""

    rule = forms.IntegerField(min_value=1, max_value=FAR, required=False)
    ticket = forms.IntegerField(min_value=1, max_value=FAR, required=False)
    state = forms.ChoiceField(choices=STATES, required=False)
    after = forms.IntegerField(min_value=1, max_value=FAR, required=False)


class SpanForm(forms.Form):
    """On how many past tickets a rule is tried."""

    last = forms.ChoiceField(choices=[(str(span), str(span)) for span in SPANS], required=False)
