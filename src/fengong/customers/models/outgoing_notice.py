"""An outgoing notice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.customers.models.contact import Contact


class OutgoingNotice(models.Model):
    """Something a contact is to be told by mail that is no answer on a ticket.

    What must not stand on the spine, such as the secret of a link, stands here until it is sent, and no longer.
    """

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in", pgettext_lazy("notice", "Sign-in link")
        SURVEY = "survey", pgettext_lazy("notice", "Question about satisfaction")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["due_at"], condition=Q(sent_at__isnull=True), name="notice_waiting"),
            models.Index(fields=["expires_at"], name="notice_expiry"),
        )

    def __str__(self) -> str:
        return f"{self.contact_id} {self.kind}"
