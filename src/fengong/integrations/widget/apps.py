"""Chats from the widget on a customer's pages."""

from __future__ import annotations

from django.apps import AppConfig


class WidgetConfig(AppConfig):
    """Chats from the widget on a customer's pages."""

    name = "fengong.integrations.widget"
