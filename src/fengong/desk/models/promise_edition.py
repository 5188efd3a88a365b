"""Which state of all policies and calendars counts."""

from __future__ import annotations

from django.db import models


class PromiseEdition(models.Model):
    """One row whose token becomes another with every change, so that a process knows whether what it remembers
    still holds."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
