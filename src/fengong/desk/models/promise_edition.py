"""Which state of all policies and calendars counts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PromiseEdition(models.Model):
    """One row whose token becomes another with every change, so that a process knows whether what it remembers
    still holds."""

    token = models.CharField(max_length=32)
    objects: ClassVar[models.Manager[PromiseEdition]] = models.Manager()

    def __str__(self) -> str:
        return self.token
