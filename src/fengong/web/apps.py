"""HTML for people."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """HTML for people."""

    name = "fengong.web"
