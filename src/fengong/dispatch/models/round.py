"""A round of matching."""

from __future__ import annotations

from django.db import models


class Round(models.Model):
    """One look at the whole waiting queue and everybody's free capacity.

    Who could not take a ticket of a class (same topic, difficulty, tier and effort), and why, is the same for all its
    tickets in a round; it is stored here once: `excluded[class][reason]` is a list of `[member, detail…]`.
    """

    at = models.DateTimeField()
    policy = models.CharField(max_length=30)
    waiting = models.PositiveIntegerField()
    members = models.PositiveIntegerField()
    excluded = models.JSONField(default=dict)
    milliseconds = models.FloatField(default=0)

    def __str__(self) -> str:
        return f"{self.pk} {self.policy}"
