"""Verbs on widgets."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.integrations.widget.events import WidgetConfigured
from fengong.integrations.widget.models import Widget
from fengong.integrations.widget.policies import require_configuring
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record

COLOUR = re.compile(r"#[0-9a-f]{6}")
FIELDS = frozenset(
    {"name", "origins", "colour", "position", "language", "greeting_zh", "greeting_en", "away_zh", "away_en",
     "away_minutes", "active"}
)  # fmt: skip


def add_widget(*, actor: Actor, values: Mapping[str, Any], at: datetime) -> Widget:
    """A new chat window with a token and a secret of its own."""
    require_configuring(actor)
    widget = Widget(token=secrets.token_urlsafe(18), secret=secrets.token_hex(32))
    return _save(widget, values, actor, at)


def change_widget(*, actor: Actor, widget: Widget, values: Mapping[str, Any], at: datetime) -> Widget:
    """Change what is given, and only that."""
    require_configuring(actor)
    return _save(widget, values, actor, at)


def renew_secret(*, actor: Actor, widget: Widget, at: datetime) -> Widget:
    """A new secret; what sites have signed with the old one no longer counts."""
    require_configuring(actor)
    widget.secret = secrets.token_hex(32)
    return _save(widget, {}, actor, at)


def _save(widget: Widget, values: Mapping[str, Any], actor: Actor, at: datetime) -> Widget:
    for field in values.keys() & FIELDS:
        setattr(widget, field, values[field])
    widget.name = widget.name.strip()
    if not widget.name:
        raise Invalid(_("Give it a name."), field="name")
    widget.origins = [_origin(text) for text in widget.origins]
    widget.colour = widget.colour.lower()
    if not COLOUR.fullmatch(widget.colour):
        raise Invalid(_("Name the colour as #rrggbb."), field="colour")
    with transaction.atomic():
        widget.save()
        record(WidgetConfigured(widget=widget.pk, name=widget.name), actor=actor, at=at)
    return widget


def _origin(text: str) -> str:
    """A site as browsers name it: scheme, host, port, and nothing more."""
    parts = urlsplit(text.strip().rstrip("/").lower())
    host = re.fullmatch(r"[a-z0-9.-]+(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?", parts.netloc)
    if parts.scheme not in ("http", "https") or not host or parts.path or parts.query or parts.fragment:
        raise Invalid(
            _("“%(origin)s” is not the address of a site, such as https://shop.example.") % {"origin": text},
            field="origins",
        )
    return f"{parts.scheme}://{parts.netloc}"
