"""Words not sent yet."""

from __future__ import annotations

from django.db import models

from fengong.desk.models.ticket import Ticket
from fengong.people.models import Member


class Draft(models.Model):
    """What a member has typed on a ticket and not sent, as it stood a moment ago; one a kind of answer.

    `fields` holds what belongs to it beside the text, such as the three parts of an escalation. `notice` says why an
    answer that was to be sent by itself lies here again.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    body = models.TextField(default="", blank=True)
    fields = models.JSONField(default=dict, blank=True)
    notice = models.CharField(max_length=20, default="", blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["member", "ticket", "kind"], name="draft_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.ticket_id} {self.kind}"
