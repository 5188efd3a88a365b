"""A look at a ticket."""

from __future__ import annotations

from django.db import models

from fengong.desk.models.ticket import Ticket
from fengong.people.models import Member


class Viewer(models.Model):
    """Who looks at a ticket, and whether they write; the meeting place of all web processes.

    `seen_at` is renewed every some twenty seconds while the page is open; `changed_at` moves only when there is
    something to tell: they came, began or stopped writing, left.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    typing = models.CharField(max_length=20, default="", blank=True)
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["ticket", "member"], name="viewer_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} at {self.ticket_id}"
