"""A span of presence."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fengong.people.models import Member
from fengong.rota.models.presence import Presence


class PresenceSpan(models.Model):
    """From when until when a member had a status; the one that runs has no end. A member's spans do not overlap."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=Presence.Status.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__lte=F("ends_at")),
                name="presence_span_forward",
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(ends_at__isnull=True), name="presence_span_runs_once"
            ),
        )
        indexes = (models.Index(fields=["member", "starts_at"], name="presence_span_of_member"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.status} {self.starts_at:%F %H:%M}"
