"""An endpoint."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from fengong.people.models import Member


class Endpoint(models.Model):
    """A program elsewhere that is told what happens here, as far as whoever set it up may read it.

    Its secret is derived from `salt` and the product's own secret key, so that nothing in the database reveals it.
    During a rotation messages are signed with both secrets until `previous_until`.
    """

    class Format(models.TextChoices):
        PLAIN = "plain", pgettext_lazy("webhook", "Plain JSON")
        CLOUDEVENTS = "cloudevents", pgettext_lazy("webhook", "CloudEvents 1.0")

    name = models.CharField(max_length=120, unique=True)
    url = models.CharField(max_length=2000)
    events = models.JSONField(default=list)
    format = models.CharField(max_length=20, choices=Format.choices, default=Format.PLAIN)
    creator = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    salt = models.CharField(max_length=64)
    previous_salt = models.CharField(max_length=64, blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    active = models.BooleanField(default=True)
    since_seq = models.BigIntegerField(default=0)
    paused_until = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    disabled_at = models.DateTimeField(null=True, blank=True)
    disabled_reason = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
