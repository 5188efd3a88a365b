"""A visitor."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import models
from django.db.models import Q

from fengong.customers.models import Contact
from fengong.desk.models import Ticket
from fengong.integrations.widget.models.widget import Widget


class Visitor(models.Model):
    """A browser that chats. Its secret stays in the browser; here is only the digest.

    `read` and `handed` are ids of messages: up to the one it was shown, up to the other mail has taken over. `identity`
    is who the site vouches that this is.
    """

    widget = models.ForeignKey(Widget, on_delete=models.CASCADE, related_name="visitors")
    digest = models.CharField(max_length=64, unique=True)
    identity = models.CharField(max_length=120, default="", blank=True)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ticket = models.ForeignKey(Ticket, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    read = models.BigIntegerField(default=0)
    handed = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    present_until = models.DateTimeField()
    typing_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["ticket", "present_until"], name="visitor_of_ticket"),
            models.Index(fields=["widget", "identity"], condition=~Q(identity=""), name="visitor_identity"),
            models.Index(
                fields=["last_seen_at"], condition=Q(ticket__isnull=False), name="visitor_last_seen"
            ),
        )

    def __str__(self) -> str:
        return f"{self.widget_id} {self.pk}"

    @staticmethod
    def digest_of(secret: str) -> str:
        """What is kept of a secret."""
        return hashlib.sha256(secret.encode(errors="replace")).hexdigest()

    def is_present(self, at: datetime) -> bool:
        """Whether their page is open before them."""
        return at < self.present_until
