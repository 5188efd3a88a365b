"""What is sent from the page Skills."""

from __future__ import annotations

from django import forms


class LevelForm(forms.Form):
    """What somebody states; 0 takes the skill away."""

    level = forms.IntegerField(min_value=0, max_value=5)
    source = forms.ChoiceField(choices=[("declared", ""), ("assessed", "")])


class StretchForm(forms.Form):
    """Harder work, for some days, with somebody who stands by."""

    level = forms.IntegerField(min_value=1, max_value=5)
    mentor = forms.IntegerField(min_value=1)
    days = forms.IntegerField(min_value=1, max_value=366)


class RampForm(forms.Form):
    """From which difficulty on, and after how many tickets it widens."""

    difficulty = forms.IntegerField(min_value=1, max_value=3)
    needed = forms.IntegerField(min_value=1, max_value=1000)
    mentor = forms.IntegerField(required=False)
