"""What people type at the door and in their menu."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fengong.kernel.clock import now
from fengong.kernel.throttle import Throttle


class SignInForm(forms.Form):
    """Address and password; too many wrong ones from one place have to wait, the account itself is never locked."""

    email = forms.EmailField(max_length=254)
    password = forms.CharField(max_length=200, strip=False)

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(*args)
        self.request = request
        self.account: Any = None
        self.wait = 0

    def clean(self) -> dict[str, Any]:
        email, password = self.cleaned_data.get("email"), self.cleaned_data.get("password")
        if not email or not password:
            return self.cleaned_data
        throttle = Throttle(str(self.request.META.get("REMOTE_ADDR")), email)
        if wait := throttle.wait(now()):
            self.wait = wait
            raise ValidationError(_("Too many attempts. Try again in %(seconds)s s.") % {"seconds": wait})
        self.account = authenticate(self.request, username=email, password=password)
        throttle.note(success=self.account is not None, at=now())
        if self.account is None:
            raise ValidationError(_("E-mail address and password do not match."))
        return self.cleaned_data


class PreferencesForm(forms.Form):
    """Language, theme and zone; what is not sent stays."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    theme = forms.ChoiceField(choices=[(name, name) for name in ("system", "light", "dark")], required=False)
