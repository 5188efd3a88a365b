"""A lane."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from fengong.automation.models import Rule


class Lane(models.Model):
    """What goes first: complaints, or the matters of key accounts. A rule of the desk finds them; it can be changed."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", pgettext_lazy("lane", "Complaints")
        VIP = "vip", pgettext_lazy("lane", "Key accounts")

    kind = models.CharField(max_length=10, choices=Kind.choices, unique=True)
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind
