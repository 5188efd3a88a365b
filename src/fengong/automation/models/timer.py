"""A timer."""

from __future__ import annotations

from django.db import models

from fengong.automation.models.rule import Rule
from fengong.desk.models import Ticket


class Timer(models.Model):
    """When a time rule has to look at a ticket; the row goes when the time is up or no longer counts."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["ticket", "rule"], name="timer_once"),)

    def __str__(self) -> str:
        return f"{self.rule_id} {self.ticket_id} {self.due_at}"
