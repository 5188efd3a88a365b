"""What people type on a ticket, and how they narrow a list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000
EMPTY = {"required": _("Write something first.")}
PARTS = {"required": _("Fill in all three parts, so that the next owner need not ask.")}


class ListForm(forms.Form):
    """The state of the list, as it stands in the URL."""

    view = forms.CharField(max_length=24, required=False)
    q = forms.CharField(max_length=2000, required=False)
    topic = forms.IntegerField(min_value=1, required=False)
    difficulty = forms.IntegerField(min_value=1, max_value=3, required=False)
    ticket = forms.IntegerField(min_value=1, required=False)
    after = forms.CharField(max_length=60, required=False)
    shown = forms.IntegerField(min_value=1, required=False)


class ChangeForm(forms.Form):
    """Base of everything done to a ticket: `seen` is the version the writer had before their eyes."""

    kind = "change"
    seen = forms.IntegerField(min_value=1, required=False)


class ReplyForm(ChangeForm):
    """An answer to the customer, and what should follow it."""

    kind = "reply"
    body = forms.CharField(max_length=LONGEST, error_messages=EMPTY)
    then = forms.ChoiceField(choices=[("", ""), ("resolve", ""), ("pause", "")], required=False)


class NoteForm(ChangeForm):
    """A note for colleagues."""

    kind = "note"
    body = forms.CharField(max_length=LONGEST, error_messages=EMPTY)


class EscalationForm(ChangeForm):
    """The three parts of a hand-over upwards."""

    kind = "escalate"
    tried = forms.CharField(max_length=4000, error_messages=PARTS)
    found = forms.CharField(max_length=4000, error_messages=PARTS)
    wanted = forms.CharField(max_length=4000, error_messages=PARTS)


class AssignmentForm(ChangeForm):
    """Who gets it, and what they should know."""

    kind = "assign"
    member = forms.IntegerField(min_value=1)
    note = forms.CharField(max_length=4000, required=False)
