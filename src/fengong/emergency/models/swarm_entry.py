"""A line of a swarm's time line."""

from __future__ import annotations

from django.db import models

from fengong.emergency.models.swarm import Swarm
from fengong.people.models import Member


class SwarmEntry(models.Model):
    """What happened in a swarm: what somebody said, or what became of it, by kind with the figures of it."""

    class Kind(models.TextChoices):
        SAID = "said"
        ANNOUNCED = "announced"
        FORMED = "formed"
        JOINED = "joined"
        SHIELDED = "shielded"
        LEFT = "left"
        TASK_ADDED = "task_added"
        TASK_TAKEN = "task_taken"
        TASK_DONE = "task_done"
        ENDED = "ended"

    swarm = models.ForeignKey(Swarm, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.SAID)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(default="", blank=True)
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.swarm_id} {self.kind}"
