"""A measure."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.emergency.models.surge import Surge


class Measure(models.Model):
    """Something done because of a surge until it is over; `detail` is what it takes to undo it."""

    class Kind(models.TextChoices):
        RINGS = "rings", pgettext_lazy("measure", "Widen who is asked")
        BORROW = "borrow", pgettext_lazy("measure", "Borrow from teams that can spare people")
        SHED = "shed", pgettext_lazy("measure", "Defer low priority")
        STANDBY = "standby", pgettext_lazy("measure", "Call standby")

    surge = models.ForeignKey(Surge, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.CharField(max_length=60)
    taken_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("taken_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["surge", "kind"], condition=Q(withdrawn_at__isnull=True), name="measure_stands_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.surge_id} {self.kind}"
