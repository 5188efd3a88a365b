"""A ticket that somebody was relieved of."""

from __future__ import annotations

from django.db import models

from fengong.desk.models import Ticket
from fengong.emergency.models.swarm_member import SwarmMember


class ShieldedTicket(models.Model):
    """Work that went back to the queue so that its owner is free for a swarm."""

    shielded = models.ForeignKey(SwarmMember, on_delete=models.CASCADE, related_name="tickets")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["shielded", "ticket"], name="shielded_once"),)

    def __str__(self) -> str:
        return f"{self.shielded_id} {self.ticket_id}"
