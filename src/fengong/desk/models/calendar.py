"""A business calendar."""

from __future__ import annotations

from django.db import models


class Calendar(models.Model):
    """When people work: weekly hours on the wall clocks of a zone, and the public holidays of a region.

    `week` holds seven days from Monday on, each a list of [minute it begins, minute it ends]; an end beyond 1440 runs
    into the next day. `makes_up` says whether weekends that a region moves to working days are worked.
    """

    name = models.CharField(max_length=80, unique=True)
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    week = models.JSONField(default=list)
    region = models.CharField(max_length=12, default="", blank=True)
    makes_up = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
