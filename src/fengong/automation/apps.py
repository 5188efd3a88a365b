"""Deeds, macros, rules and ladders: what the desk does by itself, and how it is told to."""

from __future__ import annotations

from django.apps import AppConfig


class AutomationConfig(AppConfig):
    """Deeds, macros, rules and ladders: what the desk does by itself, and how it is told to."""

    name = "fengong.automation"
