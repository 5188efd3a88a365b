"""A service level."""

from __future__ import annotations

from django.db import models

from fengong.desk.models.ticket import Ticket


class ServiceLevel(models.Model):
    """The times promised for a priority, in minutes around the clock."""

    priority = models.PositiveSmallIntegerField(choices=Ticket.Priority.choices, unique=True)
    first_response_minutes = models.PositiveIntegerField()
    resolution_minutes = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.priority}: {self.first_response_minutes} / {self.resolution_minutes}"
