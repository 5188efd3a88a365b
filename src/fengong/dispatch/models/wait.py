"""Why a ticket waits."""

from __future__ import annotations

from django.db import models

from fengong.desk.models import Ticket


class Wait(models.Model):
    """What the last round that looked at a waiting ticket found: nobody eligible, or better kept for later.

    `excluded` counts members by reason; `notes` say what else holds it, such as when more members are asked. The row
    goes when the ticket finds its owner.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="+")
    reason = models.CharField(max_length=30)
    eligible = models.PositiveIntegerField(default=0)
    excluded = models.JSONField(default=dict)
    notes = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.reason}"
