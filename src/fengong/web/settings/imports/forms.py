"""What somebody says about a file they bring."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fengong.integrations.imports import queries as imports

ZONES = [(name, name) for name in sorted(zoneinfo.available_timezones())]
MEANINGS = {"column": "columns", "status": "statuses", "priority": "priorities"}
"""Prefix of an input to the key of the run's settings."""


class ImportForm(forms.Form):
    """A file and where it comes from."""

    source = forms.ChoiceField(label=_("Comes from"), choices=imports.sources)
    account = forms.SlugField(
        label=_("Name of that desk"),
        max_length=60,
        initial="main",
        help_text=_("Tells two desks of one make apart; use the same name when you import again."),
    )
    zone = forms.ChoiceField(label=_("Times without a zone are in"), choices=ZONES, initial="Asia/Shanghai")
    file = forms.FileField(
        label=_("File"),
        help_text=_("JSON, NDJSON or a ZIP of them; for tables CSV or XLSX."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


def said(post: QueryDict, before: dict[str, Any]) -> dict[str, Any]:
    """Settings of a run with what the page now says about columns and words."""
    after = dict(before)
    for prefix, key in MEANINGS.items():
        given = {
            name.partition(":")[2]: value
            for name, value in post.items()
            if name.startswith(f"{prefix}:") and isinstance(value, str) and value
        }
        if given or any(name.startswith(f"{prefix}:") for name in post):
            after[key] = given if prefix == "column" else {**(before.get(key) or {}), **given}
    return after
