"""What people type on a ticket, and how they narrow a list."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengong.dispatch.actions.escalations import PARTS

LONGEST = 20_000
EMPTY = {"required": _("Write something first.")}
TIME = {
    "required": _("Choose a time to come, within a year."),
    "invalid": _("Choose a time to come, within a year."),
}


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
    """Base of everything done to a ticket: `seen` is the version the writer had before their eyes, `heard` the last
    fact."""

    kind = "change"
    seen = forms.IntegerField(min_value=1, required=False)
    heard = forms.IntegerField(min_value=0, required=False)


class FilesField(forms.Field):
    """Ids of files that were uploaded before; what is no number is passed over."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[int]:
        return [int(one) for one in value or () if str(one).isdecimal() and len(str(one)) < 18]


class ReplyForm(ChangeForm):
    """An answer to the customer, and what should follow it."""

    kind = "reply"
    body = forms.CharField(max_length=LONGEST, error_messages=EMPTY)
    then = forms.ChoiceField(choices=[("", ""), ("resolve", ""), ("pause", "")], required=False)
    sign = forms.BooleanField(required=False)
    attachments = FilesField(required=False)


class LaterReplyForm(ReplyForm):
    """An answer with the time at which it is sent."""

    due_at = forms.DateTimeField(error_messages=TIME)


class LaterForm(ChangeForm):
    """An answer that waits for its time, written anew."""

    body = forms.CharField(max_length=LONGEST, error_messages=EMPTY)
    due_at = forms.DateTimeField(error_messages=TIME)


class NoteForm(ChangeForm):
    """A note for colleagues."""

    kind = "note"
    body = forms.CharField(max_length=LONGEST, error_messages=EMPTY)
    attachments = FilesField(required=False)


class MacroForm(ChangeForm):
    """A macro's text as the member left it, which may be none."""

    kind = "reply"
    body = forms.CharField(max_length=LONGEST, required=False)


class SideReplyForm(ChangeForm):
    """Words to outsiders."""

    body = forms.CharField(max_length=LONGEST, error_messages=EMPTY)


class SideForm(SideReplyForm):
    """The first words to outsiders; addresses stand apart by commas or blanks."""

    subject = forms.CharField(max_length=240, error_messages=EMPTY)
    participants = forms.CharField(max_length=4000, error_messages=EMPTY)

    @property
    def written(self) -> dict[str, Any]:
        """What the verb takes."""
        given = self.cleaned_data
        return {
            "subject": given["subject"],
            "participants": re.split(r"[\s,;，；、]+", given["participants"]),
            "body": given["body"],
        }


class EscalationForm(ChangeForm):
    """A step up with its note in three parts, or down with two; what is missing is named, all at once."""

    kind = "escalate"
    way = forms.ChoiceField(choices=[("up", ""), ("down", "")], required=False)
    tried = forms.CharField(max_length=4000, required=False)
    found = forms.CharField(max_length=4000, required=False)
    wanted = forms.CharField(max_length=4000, required=False)

    @property
    def is_down(self) -> bool:
        return bool(self.cleaned_data.get("way") == "down")

    def clean(self) -> None:
        """Say of each part that is blank how it is called."""
        needed = ("found", "wanted") if self.is_down else ("tried", "found", "wanted")
        for name in needed:
            if name not in self.errors and not (self.cleaned_data.get(name) or "").strip():
                self.add_error(name, _("Nothing was sent: “%(part)s” is blank.") % {"part": PARTS[name]})

    @property
    def parts(self) -> dict[str, Any]:
        """What the verb takes."""
        names = ("found", "wanted", "seen") if self.is_down else ("tried", "found", "wanted", "seen")
        return {name: self.cleaned_data[name] for name in names}


class AssignmentForm(ChangeForm):
    """Who gets it, and what they should know."""

    kind = "assign"
    member = forms.IntegerField(min_value=1)
    note = forms.CharField(max_length=4000, required=False)
