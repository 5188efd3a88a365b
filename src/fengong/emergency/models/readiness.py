"""Readiness."""

from __future__ import annotations

from django.db import models


class Readiness(models.Model):
    """How the desk is prepared for surges; one row. `quiet_days`: one false alarm in so many days at most.

    `automatic` are the measures taken at once when a surge is found; the others are proposed. What customers are told
    whose matter is deferred stands in both languages.
    """

    quiet_days = models.PositiveSmallIntegerField(default=14)
    automatic = models.JSONField(default=list, blank=True)
    defer_minutes = models.PositiveSmallIntegerField(default=120)
    message_zh = models.TextField(blank=True)
    message_en = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.quiet_days}"
