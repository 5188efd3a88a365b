"""Mailboxes: mail in and out, its threads, its deliveries."""

from __future__ import annotations

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mailboxes: mail in and out, its threads, its deliveries."""

    name = "fengong.integrations.mail"
