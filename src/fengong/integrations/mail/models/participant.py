"""Somebody who follows a ticket by mail."""

from __future__ import annotations

from django.db import models

from fengong.customers.models import Contact
from fengong.desk.models import Ticket


class Participant(models.Model):
    """A contact besides the customer who was copied in: they get the answers and may write."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["ticket", "contact"], name="participant_once"),)

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.contact_id}"
