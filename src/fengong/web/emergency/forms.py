"""What people type in the room Emergency."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengong.emergency import queries


class SwarmForm(forms.Form):
    """A new swarm; who can be called is given by the page."""

    title = forms.CharField(max_length=160)
    ticket = forms.IntegerField(required=False, min_value=1)
    surge = forms.IntegerField(required=False, min_value=1)
    lead = forms.IntegerField()
    announcement = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: Any, able: list[int], **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [(pk, str(pk)) for pk in able]
        self.fields["members"] = forms.TypedMultipleChoiceField(coerce=int, required=False, choices=offered)


class ReadinessForm(forms.Form):
    """How the desk is prepared."""

    quiet_days = forms.IntegerField(
        label=_("One false alarm in so many days, at most"),
        min_value=1,
        max_value=365,
        help_text=_("In the mean, over all topics together. Fewer days find a surge a little sooner."),
    )
    automatic = forms.MultipleChoiceField(
        label=_("Done at once when a surge is found"),
        required=False,
        choices=queries.MEASURES,
        widget=forms.CheckboxSelectMultiple,
    )
    defer_minutes = forms.IntegerField(
        label=_("Low priority is deferred for so many minutes"), min_value=5, max_value=1440
    )
    message_zh = forms.CharField(
        label=_("What deferred customers are told, in Chinese"), required=False, widget=forms.Textarea
    )
    message_en = forms.CharField(
        label=_("What deferred customers are told, in English"),
        required=False,
        widget=forms.Textarea,
        help_text=_("Left blank, they read a sentence that fits any desk."),
    )


class LineForm(forms.Form):
    """A line of text."""

    body = forms.CharField(max_length=8_000, error_messages={"required": _("Write something first.")})


class PersonForm(forms.Form):
    """Somebody of the desk."""

    member = forms.IntegerField()
