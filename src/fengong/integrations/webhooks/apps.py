"""Telling other programs what happened, by the Standard Webhooks specification."""

from __future__ import annotations

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Telling other programs what happened, by the Standard Webhooks specification."""

    name = "fengong.integrations.webhooks"
