"""A planned shift."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fengong.people.models import Member
from fengong.rota.models.pattern import Pattern


class PlannedShift(models.Model):
    """What was planned, before leave is taken out of it; the rows of Shift are what is left.

    One that comes from a pattern is known by its day and its place in that day, one from a file by its key. What was
    changed by hand, neither pattern nor file touches again; a cancelled one stays, so that it does not come back.
    """

    class Source(models.TextChoices):
        HAND = "hand"
        PATTERN = "pattern"
        FILE = "file"

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.HAND)
    pattern = models.ForeignKey(
        Pattern, null=True, blank=True, on_delete=models.SET_NULL, related_name="planned"
    )
    day = models.DateField(null=True, blank=True)
    slot = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=200, default="", blank=True)
    changed = models.BooleanField(default=False)
    cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="planned_forward"),
            models.UniqueConstraint(fields=["pattern", "member", "day", "slot"], name="planned_once"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="planned_key_once"),
        )
        indexes = (models.Index(fields=["member", "starts_at"], name="planned_of_member"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.starts_at:%F %H:%M}"
