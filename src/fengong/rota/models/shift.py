"""A shift."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fengong.people.models import Member
from fengong.rota.models.planned_shift import PlannedShift


class Shift(models.Model):
    """When a member works: from one instant to another. What was planned for it may be longer, where leave cuts it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned = models.ForeignKey(
        PlannedShift, null=True, blank=True, on_delete=models.CASCADE, related_name="pieces"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="shift_forward"),
            models.UniqueConstraint(fields=["member", "starts_at"], name="shift_once"),
        )
        indexes = (models.Index(fields=["ends_at", "starts_at"], name="shift_running"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.starts_at:%F %H:%M}"
