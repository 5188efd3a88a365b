"""JSON for programs."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """JSON for programs."""

    name = "fengong.api"
