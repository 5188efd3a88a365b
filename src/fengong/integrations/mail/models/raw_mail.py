"""A mail as it came in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.desk.models import Message, Ticket
from fengong.integrations.mail.models.mailbox import Mailbox


class RawMail(models.Model):
    """Every mail that reached a mailbox, before anything is made of it; its bytes lie in a file named by digest.

    `key` is made of its Message-ID and its content, so the same mail counts once, and another under the same id counts.
    """

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("mail state", "Just in")
        TAKEN = "taken", pgettext_lazy("mail state", "Taken in")
        UNREADABLE = "kept_unparsed", pgettext_lazy("mail state", "Could not be read")
        IGNORED = "ignored", pgettext_lazy("mail state", "Left aside")
        REFUSED = "refused", pgettext_lazy("mail state", "Refused")

    class Reason(models.TextChoices):
        """Why it did not simply become a message."""

        LOOP = "loop", pgettext_lazy("mail reason", "It is our own mail come back")
        BULK = "bulk", pgettext_lazy("mail reason", "A mailing list or circular")
        AUTO_REPLY = "auto_reply", pgettext_lazy("mail reason", "An automatic reply to nothing we know")
        BOUNCE = "bounce", pgettext_lazy("mail reason", "A bounce")
        DUPLICATE = "duplicate", pgettext_lazy("mail reason", "It has come in before")
        HELD = "held", pgettext_lazy("mail reason", "From outside the conversation, held as a note")
        OUTSIDER = "outsider", pgettext_lazy("mail reason", "From outside the conversation")
        QUIET = "quiet", pgettext_lazy("mail reason", "Automatic, filed as a quiet note")
        NO_SENDER = "no_sender", pgettext_lazy("mail reason", "It names no sender")
        BROKEN = "broken", pgettext_lazy("mail reason", "Its form is broken")

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="mails")
    key = models.CharField(max_length=64)
    mail_id = models.CharField(max_length=900, default="", blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    uid = models.BigIntegerField(null=True, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=14, choices=State.choices, default=State.NEW)
    reason = models.CharField(max_length=12, choices=Reason.choices, default="", blank=True)
    sender = models.CharField(max_length=254, default="", blank=True)
    subject = models.CharField(max_length=300, default="", blank=True)
    remarks = models.CharField(max_length=300, default="", blank=True)
    error = models.TextField(default="", blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    ticket = models.ForeignKey(Ticket, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mailbox", "key"], name="mail_once"),)
        indexes = (
            models.Index(fields=["received_at", "id"], condition=Q(state="new"), name="mail_to_take"),
            models.Index(fields=["key"], name="mail_key"),
            models.Index(fields=["mail_id"], condition=~Q(mail_id=""), name="mail_by_id"),
            models.Index(fields=["state", "-received_at", "-id"], name="mail_log"),
        )

    def __str__(self) -> str:
        return f"{self.sender} {self.subject}"
