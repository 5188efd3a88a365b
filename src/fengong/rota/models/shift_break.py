"""A break in a shift."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fengong.rota.models.planned_shift import PlannedShift


class ShiftBreak(models.Model):
    """Time inside a shift that is not worked. Where it has a window, it may be moved within it."""

    planned = models.ForeignKey(PlannedShift, on_delete=models.CASCADE, related_name="breaks")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    window_starts_at = models.DateTimeField(null=True, blank=True)
    window_ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("starts_at",)
        constraints = (
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="break_forward"),
            models.CheckConstraint(
                condition=Q(window_starts_at__isnull=True, window_ends_at__isnull=True)
                | Q(window_starts_at__lte=F("starts_at"), window_ends_at__gte=F("ends_at")),
                name="break_in_window",
            ),
        )

    def __str__(self) -> str:
        return f"{self.planned_id} {self.starts_at:%F %H:%M}"
