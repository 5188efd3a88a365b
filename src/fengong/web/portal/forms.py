"""What customers type: their address, a new matter, an answer, a verdict."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengong.kernel.clock import now

LONGEST = 20_000
MOST_FILES = 5
EMPTY = {"required": gettext_lazy("Write something first.")}
NAMELESS = {"required": gettext_lazy("Say in a few words what it is about.")}
TOO_QUICK = 2
"""Seconds within which no person fills in a form."""
TOO_OLD = 24 * 3600
STAMP = "fengong.web.portal.form"


class ManyFilesInput(forms.FileInput):
    """A chooser of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        found = data if isinstance(data, list | tuple) else [data] if data else []
        if len(found) > MOST_FILES:
            raise ValidationError(_("At most %(most)s files at once.") % {"most": MOST_FILES})
        return [super(FilesField, self).clean(file, initial) for file in found]


class AddressForm(forms.Form):
    """Where the link is to be sent."""

    email = forms.EmailField(max_length=254)
    next = forms.CharField(max_length=300, required=False)


class AnswerForm(forms.Form):
    """A customer's message; `once` is the mark by which a form sent twice is known."""

    body = forms.CharField(max_length=LONGEST, error_messages=EMPTY)
    once = forms.CharField(max_length=64, required=False)
    attached = FilesField(required=False)


class MatterForm(AnswerForm):
    """A new matter."""

    subject = forms.CharField(max_length=240, error_messages=NAMELESS)


class ContactForm(MatterForm):
    """A new matter from anybody: a field no person sees, and a stamp that tells when the form was shown."""

    name = forms.CharField(max_length=120, required=False)
    email = forms.EmailField(max_length=254)
    website = forms.CharField(max_length=200, required=False)
    stamp = forms.CharField(max_length=200, required=False)

    @property
    def is_from_a_machine(self) -> bool:
        """Whether what no person sees was filled in."""
        return bool(self.data.get("website"))

    def clean_stamp(self) -> str:
        """The moment the form was shown, signed: neither a moment ago nor a day."""
        stamp = str(self.cleaned_data["stamp"])
        try:
            shown = float(signing.loads(stamp, salt=STAMP))
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise ValidationError(_("Please send the form once more.")) from error
        if not TOO_QUICK <= now().timestamp() - shown <= TOO_OLD:
            raise ValidationError(_("Please send the form once more."))
        return stamp


def stamp() -> str:
    """What a form carries to tell when it was shown."""
    return signing.dumps(round(now().timestamp(), 1), salt=STAMP)
