"""Who does what next: what-if replays of a recorded history."""

from __future__ import annotations

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Who does what next: what-if replays of a recorded history."""

    name = "fengong.planning"
