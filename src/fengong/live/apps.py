"""The stream that tells open pages what changed, and who may hear it."""

from __future__ import annotations

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The stream that tells open pages what changed, and who may hear it."""

    name = "fengong.live"
