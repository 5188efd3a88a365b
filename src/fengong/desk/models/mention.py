"""A mention."""

from __future__ import annotations

from django.db import models

from fengong.desk.models.message import Message
from fengong.desk.models.ticket import Ticket
from fengong.people.models import Member, Team


class Mention(models.Model):
    """A note that names a member, or the team they are in. `seen_at` is when they looked at the ticket."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mentions")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "member"], name="mention_once"),)
        indexes = (models.Index(fields=["member", "-at"], name="mention_of_member"),)

    def __str__(self) -> str:
        return f"{self.member_id} in {self.message_id}"
