"""Signs of life of the processes that make up one installation."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a process last said that it is alive."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
