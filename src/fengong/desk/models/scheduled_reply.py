"""An answer that is to be sent later."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.desk.models.message import Message
from fengong.desk.models.ticket import Ticket
from fengong.people.models import Member


class ScheduledReply(models.Model):
    """An answer that waits for its time. When the customer writes before, it becomes its writer's draft again."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("scheduled answer", "Waits for its time")
        SENT = "sent", pgettext_lazy("scheduled answer", "Sent")
        CANCELLED = "cancelled", pgettext_lazy("scheduled answer", "Cancelled")
        RETURNED = "returned", pgettext_lazy("scheduled answer", "Back in the drafts")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    then = models.CharField(max_length=20, default="", blank=True)
    attachments = models.JSONField(default=list, blank=True)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="scheduled_due"),
            models.Index(fields=["ticket", "state"], name="scheduled_of_ticket"),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.due_at}"
