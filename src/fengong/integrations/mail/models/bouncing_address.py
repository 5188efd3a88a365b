"""An address that mail comes back from."""

from __future__ import annotations

from django.db import models


class BouncingAddress(models.Model):
    """Mail to this address came back for good; forgotten as soon as mail comes from it."""

    address = models.EmailField(unique=True)
    since = models.DateTimeField()
    text = models.CharField(max_length=500, default="", blank=True)

    def __str__(self) -> str:
        return self.address
