"""How far a reader of the spine has come."""

from __future__ import annotations

from django.db import models


class Bookmark(models.Model):
    """The number up to which a reader has dealt with every fact; it survives the process that reads."""

    name = models.CharField(max_length=60, primary_key=True)
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.seq}"
