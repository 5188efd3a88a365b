"""A mailbox."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengong.desk.models import Ticket
from fengong.people.models import Topic


class Mailbox(models.Model):
    """An address of the desk: where its mail is fetched and sent, and what becomes of it.

    Secrets are sealed (see `vault`). `uid_validity` and `last_uid` say how far the folder was read; `last_uid` is
    unknown until the folder was seen for the first time.
    """

    class Security(models.TextChoices):
        TLS = "tls", "TLS"
        STARTTLS = "starttls", "STARTTLS"
        NONE = "none", pgettext_lazy("mail security", "None")

    name = models.CharField(max_length=80)
    address = models.EmailField(unique=True)
    active = models.BooleanField(default=True)

    imap_host = models.CharField(max_length=200, default="", blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=10, choices=Security.choices, default=Security.TLS)
    imap_user = models.CharField(max_length=200, default="", blank=True)
    imap_secret = models.TextField(default="", blank=True)
    folder = models.CharField(max_length=200, default="INBOX")
    move_to = models.CharField(max_length=200, default="", blank=True)
    take_existing = models.BooleanField(default=False)
    take_bulk = models.BooleanField(default=False)

    smtp_host = models.CharField(max_length=200, default="", blank=True)
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_security = models.CharField(max_length=10, choices=Security.choices, default=Security.TLS)
    smtp_user = models.CharField(max_length=200, default="", blank=True)
    smtp_secret = models.TextField(default="", blank=True)
    plus_addresses = models.BooleanField(default=True)

    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    priority = models.PositiveSmallIntegerField(
        choices=Ticket.Priority.choices, default=Ticket.Priority.NORMAL
    )
    language = models.CharField(max_length=10, default="zh-hans")
    signature_zh = models.TextField(default="", blank=True)
    signature_en = models.TextField(default="", blank=True)
    auto_reply = models.BooleanField(default=False)
    auto_reply_zh = models.TextField(default="", blank=True)
    auto_reply_en = models.TextField(default="", blank=True)

    token_salt = models.CharField(max_length=40)
    uid_validity = models.BigIntegerField(null=True, blank=True)
    last_uid = models.BigIntegerField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    next_fetch_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, default="", blank=True)
    send_error = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("Mailbox")

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"

    @property
    def receives(self) -> bool:
        """Whether its mail is fetched."""
        return self.active and bool(self.imap_host)

    @property
    def host(self) -> str:
        """The part of its address after the @."""
        return self.address.rpartition("@")[2]

    def in_language(self, field: str, language: str) -> str:
        """A text that is kept in both languages; the other one where that is all there is."""
        first, second = ("zh", "en") if language.startswith("zh") else ("en", "zh")
        text: str = getattr(self, f"{field}_{first}") or getattr(self, f"{field}_{second}")
        return text
