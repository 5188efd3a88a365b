"""A tag."""

from __future__ import annotations

from django.db import models


class Tag(models.Model):
    """A word by which tickets are found again. Two that differ only in case or spaces are one: `key` sees to it."""

    name = models.CharField(max_length=40)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name
