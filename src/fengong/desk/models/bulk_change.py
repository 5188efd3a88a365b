"""A change of many tickets at once."""

from __future__ import annotations

from django.db import models

from fengong.people.models import Member


class BulkChange(models.Model):
    """What one member did to many tickets in one go, and what taking it back restores.

    `rows` is a list of {"ticket", "before", "after"} for what was done and {"ticket", "code", "refusal"} for what
    was refused.
    """

    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=40)
    deed = models.CharField(max_length=20)
    wanted = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.deed} {self.pk}"
