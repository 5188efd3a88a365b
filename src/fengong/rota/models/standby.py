"""Standby."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fengong.people.models import Member


class Standby(models.Model):
    """Time in which a member is not on shift but can be called, and within how many minutes they are there."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    answers_within = models.PositiveSmallIntegerField(default=30)
    key = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="standby_forward"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="standby_key_once"),
        )
        indexes = (models.Index(fields=["ends_at", "starts_at"], name="standby_running"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.starts_at:%F %H:%M}"
