"""Sudden events: surges that are found and answered, and swarms around one matter."""

from __future__ import annotations

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    """Sudden events: surges that are found and answered, and swarms around one matter."""

    name = "fengong.emergency"
