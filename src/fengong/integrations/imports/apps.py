"""Bringing in what another desk, or a file, holds."""

from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Bringing in what another desk, or a file, holds."""

    name = "fengong.integrations.imports"
