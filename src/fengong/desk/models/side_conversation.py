"""A side conversation."""

from __future__ import annotations

from django.db import models

from fengong.desk.models.ticket import Ticket
from fengong.people.models import Member


class SideConversation(models.Model):
    """A talk with outsiders about a ticket, by mail, which the customer never sees.

    `participants` are mail addresses. `token` stands in the address that they answer to, so nobody can guess it.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="sides")
    subject = models.CharField(max_length=240)
    participants = models.JSONField(default=list)
    token = models.CharField(max_length=40, unique=True)
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("opened_at", "id")

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.subject}"
