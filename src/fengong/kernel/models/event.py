"""The event spine: one appended fact a row."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """Something that happened. Rows are appended by verbs and never changed."""

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["verb", "seq"], name="event_verb_seq"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"
