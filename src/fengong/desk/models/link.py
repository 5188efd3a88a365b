"""A link between two tickets."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from fengong.desk.models.ticket import Ticket


class Link(models.Model):
    """That two matters have to do with each other. `source` blocks, duplicates or just relates to `target`."""

    class Kind(models.TextChoices):
        RELATES = "relates", pgettext_lazy("link", "Related to")
        BLOCKS = "blocks", pgettext_lazy("link", "Blocks")
        DUPLICATES = "duplicates", pgettext_lazy("link", "Duplicate of")

    source = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="back_links")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.RELATES)
    by = models.CharField(max_length=40, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_between_two"),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
