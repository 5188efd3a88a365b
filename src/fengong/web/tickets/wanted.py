"""What people ask for when they change a ticket beside answering it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fengong.web.tickets.forms import ChangeForm


class SnoozeForm(ChangeForm):
    """Until when it rests."""

    until = forms.DateTimeField()


class ReasonForm(ChangeForm):
    """Why it rests, or how it ended."""

    reason = forms.CharField(max_length=20, required=False)
    force = forms.CharField(max_length=200, required=False)


class GradeForm(ChangeForm):
    """How urgent and hard it is, what it is about, and of which sort; what is not named stays."""

    priority = forms.IntegerField(min_value=1, max_value=4, required=False)
    difficulty = forms.IntegerField(min_value=1, max_value=3, required=False)
    topic = forms.IntegerField(min_value=1, required=False)
    type = forms.IntegerField(min_value=0, required=False)


class OtherForm(ChangeForm):
    """Another ticket by its number, and what it has to do with this one."""

    other = forms.CharField(max_length=40, error_messages={"required": _("Name the other ticket.")})
    relation = forms.CharField(max_length=20, required=False)


class SplitForm(ChangeForm):
    """What the new ticket is called."""

    subject = forms.CharField(
        max_length=240, error_messages={"required": _("Give the new ticket a subject.")}
    )


class ChildForm(SplitForm):
    """A part of a matter for somebody else."""

    body = forms.CharField(max_length=20_000, error_messages={"required": _("Write what is to be done.")})
    topic = forms.IntegerField(min_value=1, required=False)
    difficulty = forms.IntegerField(min_value=1, max_value=3, required=False)
