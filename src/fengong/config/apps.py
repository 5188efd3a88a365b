"""The application that brings the system checks."""

from __future__ import annotations

from django.apps import AppConfig

from fengong.config.checks import sqlite_is_safe


class ConfigConfig(AppConfig):
    """Registers what must hold before serving."""

    name = "fengong.config"
    checks = (sqlite_is_safe,)
