"""A right that one process holds at a time."""

from __future__ import annotations

from django.db import models


class Lease(models.Model):
    """Who may run something alone, and until when."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=80)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} ({self.holder})"
