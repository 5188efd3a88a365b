"""A run of a ladder's step."""

from __future__ import annotations

from django.db import models

from fengong.desk.models import Ticket


class LadderRun(models.Model):
    """What a step of a promise's ladder did, once for the event that called for it."""

    seq = models.BigIntegerField(unique=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    step = models.BigIntegerField(null=True, blank=True)
    target = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    outcomes = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = (models.Index(fields=["ticket", "-at"], name="ladder_run_of_ticket"),)

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.target} {self.seq}"
