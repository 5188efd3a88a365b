"""Who is on shift and who is here."""

from __future__ import annotations

from django.apps import AppConfig


class RotaConfig(AppConfig):
    """Who is on shift and who is here."""

    name = "fengong.rota"
