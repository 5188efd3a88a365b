"""How far the spine was followed."""

from __future__ import annotations

from django.db import models


class Position(models.Model):
    """Facts up to `seq` have been turned into deliveries. One row a follower."""

    name = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.seq}"
