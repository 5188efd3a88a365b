"""What a window sends."""

from __future__ import annotations

from django import forms

from fengong.web.portal.forms import FilesField

LONGEST = 8_000


class WordsForm(forms.Form):
    """A message with files, or files alone; `mark` is the window's own name for it."""

    body = forms.CharField(max_length=LONGEST, required=False)
    mark = forms.RegexField(r"^[\w-]{8,64}$")
    attached = FilesField(required=False)


class AddressForm(forms.Form):
    """Where answers can be sent."""

    email = forms.EmailField(max_length=254)
    name = forms.CharField(max_length=120, required=False)


class IdentityForm(forms.Form):
    """Who a site says its visitor is, and its proof."""

    id = forms.CharField(max_length=120)
    hash = forms.CharField(max_length=64, required=False)
    email = forms.EmailField(max_length=254, required=False)
    name = forms.CharField(max_length=120, required=False)


class SignForm(forms.Form):
    """A sign of life."""

    read = forms.IntegerField(min_value=0, max_value=2**62, required=False)
    typing = forms.BooleanField(required=False)
    gone = forms.BooleanField(required=False)
