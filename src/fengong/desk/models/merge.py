"""A merge."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fengong.desk.models.ticket import Ticket


class Merge(models.Model):
    """That one ticket went on in another. `before` holds what taking it back restores.

    The absorbed ticket's messages stay its own and are read with those of the other, so nothing moves and nothing
    has to be put back. `Ticket.merged_into` names the end of a chain of merges, this row the step itself.
    """

    source = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="merges")
    target = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="merges_in")
    before = models.JSONField(default=dict)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["source"], condition=Q(undone_at__isnull=True), name="merge_into_one"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="merge_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.source_id} -> {self.target_id}"
