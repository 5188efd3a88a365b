"""Work that must happen once, however often its wake-up is lost or doubled."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Run(models.Model):
    """One piece of durable work: what, when it is due next, how often it was tried, and who tries it now."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        GIVEN_UP = "given_up"

    task = models.CharField(max_length=120)
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    holder = models.CharField(max_length=80, blank=True)
    last_error = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["due_at"], name="run_due", condition=Q(state="waiting")),)

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"
