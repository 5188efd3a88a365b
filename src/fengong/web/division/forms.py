"""What is sent from the board."""

from __future__ import annotations

from django import forms

from fengong.web.tickets.forms import AssignmentForm


class BoardAssignmentForm(AssignmentForm):
    """Which ticket goes to whom."""

    ticket = forms.IntegerField(min_value=1)
