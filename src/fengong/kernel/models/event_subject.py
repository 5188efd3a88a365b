"""What an event is about."""

from __future__ import annotations

from django.db import models

from fengong.kernel.models.event import Event


class EventSubject(models.Model):
    """One subject of one event, such as ticket 12; the index gives a subject its history."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="subjects")
    kind = models.CharField(max_length=30)
    ref = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["kind", "ref", "event"], name="event_subject_history"),)

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref}"
