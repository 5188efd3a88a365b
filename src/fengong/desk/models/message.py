"""A message."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from fengong.customers.models import Contact
from fengong.desk.models.ticket import Ticket
from fengong.people.models import Member


class Message(models.Model):
    """One turn of a ticket's conversation.

    `body` is Markdown or plain text and what is read and searched; `html` is a mail's own formatting, already
    cleaned; `quoted` is the tail of older mails that is folded away. An outsider writes under `author_*`.
    """

    class Kind(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("message kind", "Message")
        NOTE = "note", pgettext_lazy("message kind", "Internal note")
        HANDOVER = "handover", pgettext_lazy("message kind", "Hand-over note")
        SIDE = "side", pgettext_lazy("message kind", "Side conversation")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PUBLIC)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200, default="", blank=True)
    author_address = models.CharField(max_length=254, default="", blank=True)
    channel = models.CharField(max_length=10, choices=Ticket.Channel.choices, default="", blank=True)
    body = models.TextField()
    html = models.TextField(default="", blank=True)
    quoted = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    external_id = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["external_id"], condition=~models.Q(external_id=""), name="message_once"
            ),
        )
        indexes = (models.Index(fields=["ticket", "at", "id"], name="message_thread"),)

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.kind}"
