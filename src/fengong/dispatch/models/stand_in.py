"""Who stands in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fengong.people.models import Member


class StandIn(models.Model):
    """While a member is away, another takes over what cannot wait. Who stands in may be away too; then it is whoever
    stands in for them. Without an end it counts whenever the member is on leave."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    by_member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(member=F("by_member")), name="stand_in_other"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(starts_at__lt=F("ends_at")),
                name="stand_in_forward",
            ),
        )
        indexes = (models.Index(fields=["member", "starts_at"], name="stand_in_of_member"),)

    def __str__(self) -> str:
        return f"{self.member_id} → {self.by_member_id}"
