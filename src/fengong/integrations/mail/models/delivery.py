"""A mail that is to go out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.desk.models import Message, Ticket
from fengong.integrations.mail.models.mailbox import Mailbox


class Delivery(models.Model):
    """One mail out: planned from the spine, claimed before the network is touched, settled afterwards.

    A claim moves `next_try_at` into the future; a worker that dies leaves a claim that runs out. So a mail goes twice
    only when a worker dies between the server's acceptance and the note of it; the second bears the same Message-ID.
    """

    class Kind(models.TextChoices):
        REPLY = "reply", pgettext_lazy("delivery kind", "Reply")
        AUTO = "auto", pgettext_lazy("delivery kind", "Automatic reply")
        SIDE = "side", pgettext_lazy("delivery kind", "Side conversation")
        NOTICE = "notice", pgettext_lazy("delivery kind", "Notice to a member")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery state", "To be sent")
        DELAYED = "delayed", pgettext_lazy("delivery state", "Delayed, will be tried again")
        SENT = "sent", pgettext_lazy("delivery state", "Sent")
        FAILED = "failed", pgettext_lazy("delivery state", "Could not be sent")
        BOUNCED = "bounced", pgettext_lazy("delivery state", "Came back")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REPLY)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="deliveries")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    body = models.TextField(default="", blank=True)
    smtp_id = models.CharField(max_length=300, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, default="", blank=True)
    bounce_text = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["message", "kind"], condition=Q(message__isnull=False), name="delivery_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["next_try_at"], condition=Q(state__in=("waiting", "delayed")), name="delivery_due"
            ),
            models.Index(fields=["ticket", "kind"], name="delivery_of_ticket"),
            models.Index(fields=["-planned_at", "-id"], name="delivery_newest"),
        )

    def __str__(self) -> str:
        return self.smtp_id
