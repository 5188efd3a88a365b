"""Who does what now: triage, the waiting queue, decisions, escalation."""

from __future__ import annotations

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """Who does what now: triage, the waiting queue, decisions, escalation."""

    name = "fengong.dispatch"
