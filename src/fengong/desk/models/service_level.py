"""A service level."""

from __future__ import annotations

from django.db import models

from fengong.desk.models.service_policy import ServicePolicy
from fengong.desk.models.ticket import Ticket


class ServiceLevel(models.Model):
    """The times a policy promises for a priority, in minutes of its calendar; nothing where it promises none."""

    policy = models.ForeignKey(ServicePolicy, null=True, on_delete=models.CASCADE, related_name="levels")
    priority = models.PositiveSmallIntegerField(choices=Ticket.Priority.choices)
    first_response_minutes = models.PositiveIntegerField(null=True, blank=True)
    next_response_minutes = models.PositiveIntegerField(null=True, blank=True)
    update_minutes = models.PositiveIntegerField(null=True, blank=True)
    resolution_minutes = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("priority",)
        constraints = (models.UniqueConstraint(fields=["policy", "priority"], name="level_once"),)

    def __str__(self) -> str:
        return f"{self.priority}: {self.first_response_minutes} / {self.resolution_minutes}"
