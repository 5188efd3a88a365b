"""A task of a swarm."""

from __future__ import annotations

from django.db import models

from fengong.emergency.models.swarm import Swarm
from fengong.people.models import Member


class SwarmTask(models.Model):
    """One thing that has to be done in a swarm; whoever takes it says when it is done."""

    swarm = models.ForeignKey(Swarm, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text
