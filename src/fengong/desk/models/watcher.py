"""A watcher."""

from __future__ import annotations

from django.db import models

from fengong.desk.models.ticket import Ticket
from fengong.people.models import Member


class Watcher(models.Model):
    """A member who wants to hear what happens to a ticket, besides its owner."""

    class Reason(models.TextChoices):
        CHOSEN = "chosen"
        MENTIONED = "mentioned"
        MERGED = "merged"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="watchers")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices, default=Reason.CHOSEN)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["ticket", "member"], name="watcher_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.ticket_id}"
