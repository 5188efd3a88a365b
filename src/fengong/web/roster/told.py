"""What is said after something was done on the roster, with its undo; and forms that have to be right."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from fengong.kernel.errors import Invalid
from fengong.web.member import MemberRequest


def told(request: MemberRequest, text: str, undo: str = "", **values: Any) -> HttpResponse:
    """A toast; with an address, one that offers to undo by sending these values there."""
    sent = {name: value for name, value in values.items() if value is not False}
    way = {"method": "hx-post", "url": undo, "values": json.dumps(sent)} if undo else None
    return render(request, "parts/toast.html", {"text": text, "undo": way})


def given_fields(form: forms.Form) -> dict[str, Any]:
    """What a form says; Invalid with its first fault where it says nothing that can be used."""
    if form.is_valid():
        return dict(form.cleaned_data)
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    raise Invalid(f"{label}: {errors[0]}" if label else str(errors[0]), field=name)
