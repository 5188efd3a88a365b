"""An escalation."""

from __future__ import annotations

from django.db import models

from fengong.desk.models import Ticket
from fengong.people.models import Member


class Escalation(models.Model):
    """A ticket's step up a tier, with the structured note the next owner reads first."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    from_tier = models.PositiveSmallIntegerField()
    to_tier = models.PositiveSmallIntegerField()
    tried = models.TextField()
    found = models.TextField()
    wanted = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["ticket", "at"], name="escalation_of_ticket"),)

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.from_tier} → {self.to_tier}"
