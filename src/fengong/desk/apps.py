"""Tickets, conversations, promised times, and the effort each member holds."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Tickets, conversations, promised times, and the effort each member holds."""

    name = "fengong.desk"
